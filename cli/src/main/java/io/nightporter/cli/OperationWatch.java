package io.nightporter.cli;

import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Plain;
import io.nightporter.cli.output.Progress;
import io.nightporter.cli.output.Table;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Follows an operation to its end. */
final class OperationWatch {

    private static final Duration PERIOD = Duration.ofMillis(500);

    /** Operations go on after a restart of Nightporter, so a moment without it is no reason to give up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int LINES = 15;

    private final ClientCommand command;
    private final ApiClient api;

    OperationWatch(ClientCommand command, ApiClient api) {
        this.command = command;
        this.api = api;
    }

    /**
     * Blocks until it is over, and shows how far it is.
     *
     * @return the exit code
     */
    int follow(String id) throws ApiException, InterruptedException {
        ApiPath path = ApiPath.of("operations", id);
        JsonNode operation = api.get(path);
        Progress progress = new Progress(command.out(), command.terminal(), title(operation));
        while (Fields.text(operation, "state").equals("running")) {
            if (command.forPeople()) {
                Double done = Fields.number(operation, "progress");
                progress.show(done == null ? 0 : done, step(operation), remaining(operation));
            }
            Thread.sleep(PERIOD);
            operation = patientlyGet(path);
        }
        boolean done = Fields.text(operation, "state").equals("done");
        if (command.forPeople()) {
            String message = Fields.text(operation, "message");
            if (done) {
                progress.end(message.isEmpty() ? "done" : message);
            } else {
                progress.end(Fields.text(operation, "state"));
            }
        } else {
            command.show(operation, _ -> Table.ofProperties());
        }
        if (!done) {
            explain(operation);
        }
        return done ? ExitCode.DONE : ExitCode.FAILED;
    }

    private JsonNode patientlyGet(ApiPath path) throws ApiException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return api.get(path);
            } catch (ApiException e) {
                if (e.reason() != ApiException.Reason.NOT_REACHABLE || System.nanoTime() - until > 0) {
                    throw e;
                }
                Thread.sleep(PERIOD);
            }
        }
    }

    static String title(JsonNode operation) {
        return Fields.text(operation, "kind") + " " + Fields.text(operation, "server");
    }

    /** What is being done. */
    static String step(JsonNode operation) {
        JsonNode steps = operation.path("steps");
        if (steps.isEmpty()) {
            return "";
        }
        JsonNode last = steps.path(steps.size() - 1);
        String detail = Fields.text(last, "detail");
        return Fields.text(last, "name") + (detail.isEmpty() ? "" : ": " + detail);
    }

    /** In seconds; null: nobody knows. */
    private @Nullable Double remaining(JsonNode operation) throws InterruptedException {
        try {
            return Fields.number(
                api.get(ApiPath.of("servers", Fields.text(operation, "server"), "status")),
                "readyInSeconds"
            );
        } catch (ApiException _) {
            return null; // It says how long, and nothing else depends on it.
        }
    }

    private void explain(JsonNode operation) throws InterruptedException {
        String message = Fields.text(operation, "message");
        command
            .err()
            .println(
                "nightporter: " +
                    title(operation) +
                    " " +
                    Fields.text(operation, "state") +
                    (message.isEmpty() ? "" : ": " + Plain.text(message))
            );
        try {
            JsonNode server = api.get(ApiPath.of("servers", Fields.text(operation, "server")));
            var lines = Fields.texts(server, "lastLines");
            lines
                .subList(Math.max(0, lines.size() - LINES), lines.size())
                .forEach(line -> command.err().println("  " + Plain.text(line)));
        } catch (ApiException _) {
            // The message has been said; the server may be gone.
        }
        command.err().flush();
    }
}
