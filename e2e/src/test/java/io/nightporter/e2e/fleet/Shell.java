package io.nightporter.e2e.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands to their end. */
final class Shell {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Shell() {}

    /** What a command prints, on both outputs; fails when it fails. */
    static String run(List<String> command) {
        try {
            Path output = Files.createTempFile("np-shell", ".out");
            try {
                return run(command, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command, Path output) throws IOException {
        // A file, because what the command leaves behind may hold a pipe open.
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("takes too long: " + command + "\n" + Files.readString(output));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        String said = Files.readString(output);
        if (process.exitValue() != 0) {
            throw new AssertionError("exit code " + process.exitValue() + " of " + command + "\n" + said);
        }
        return said;
    }

    /** Runs a script for sh, which ends at the first command that fails. */
    static String script(String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-ec", script, "sh"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(command);
    }
}
