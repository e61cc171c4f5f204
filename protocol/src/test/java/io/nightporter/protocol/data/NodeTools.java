package io.nightporter.protocol.data;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Node programs in {@code protocol/data}, with the packages of their lock file. */
public final class NodeTools {

    /** Surefire runs tests in the module's directory. */
    public static final Path DIRECTORY = Path.of("data").toAbsolutePath();

    private static final Path LOCK = DIRECTORY.resolve("package-lock.json");

    /** A copy of the lock file that the installed packages are of. */
    private static final Path INSTALLED = DIRECTORY.resolve("node_modules/.installed-from-lock.json");

    private static final int LIMIT_SECONDS = 300;

    /** @param output standard output and errors, as they came */
    public record Result(int exitCode, String output) {}

    private NodeTools() {}

    /** Skips the test where there is no Node, which a CI must have; installs the packages where they are not yet. */
    public static synchronized void prepare() throws IOException, InterruptedException {
        if (!answers("node") || !answers("npm")) {
            String message = "protocol/data needs node (20 or newer) and npm on the PATH; they check the packets' data";
            if (System.getenv("CI") != null) {
                fail(message);
            }
            // Surefire does not show why a test was skipped.
            System.err.println("SKIPPED: " + message);
            abort(message);
        }
        String lock = Files.readString(LOCK);
        if (!Files.exists(INSTALLED) || !Files.readString(INSTALLED).equals(lock)) {
            Result result = run(DIRECTORY, null, "npm", "ci");
            if (result.exitCode != 0) {
                fail("npm ci in protocol/data failed: %s", result.output);
            }
            Files.writeString(INSTALLED, lock);
        }
    }

    /** Runs a program of the directory to its end. */
    public static Result node(String script, String... arguments) throws IOException, InterruptedException {
        return node(null, script, arguments);
    }

    /** Runs a program of the directory to its end, with its standard output in a file. */
    public static Result node(Path output, String script, String... arguments)
        throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", DIRECTORY.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return run(DIRECTORY, output, command.toArray(String[]::new));
    }

    private static boolean answers(String program) throws InterruptedException {
        try {
            return run(DIRECTORY, null, program, "--version").exitCode == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Result run(Path directory, Path output, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("node", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            if (output == null) {
                builder.redirectErrorStream(true).redirectOutput(log.toFile());
            } else {
                builder.redirectOutput(output.toFile()).redirectError(log.toFile());
            }
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail("%s took more than %d s", String.join(" ", command), LIMIT_SECONDS);
            }
            return new Result(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            Files.delete(log);
        }
    }
}
