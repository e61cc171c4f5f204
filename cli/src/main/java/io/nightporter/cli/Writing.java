package io.nightporter.cli;

import io.nightporter.cli.client.ApiAnswer;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiException.Problem;
import io.nightporter.cli.output.Plain;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends what somebody wrote, and says what is wrong with it where they wrote it. */
final class Writing {

    private Writing() {}

    @FunctionalInterface
    interface Sending {
        ApiAnswer send() throws ApiException, InterruptedException;
    }

    /** @param file where it was written; null: in options */
    static ApiAnswer send(ClientCommand command, @Nullable Path file, Sending sending)
        throws ApiException, InterruptedException {
        try {
            return sending.send();
        } catch (ApiException e) {
            explain(command.err(), file == null ? "" : file.toString(), e.problems());
            throw e;
        }
    }

    /** A line a problem, as compilers write it. */
    static void explain(PrintWriter err, String origin, List<Problem> problems) {
        for (Problem problem : problems) {
            String line = problem.line() > 0 && !origin.isEmpty() ? ":" + problem.line() : "";
            String place = (origin + line + " " + problem.path()).strip();
            err.println(Plain.text((place.isEmpty() ? "" : place + ": ") + problem.message()));
        }
        err.flush();
    }
}
