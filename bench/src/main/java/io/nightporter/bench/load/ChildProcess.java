package io.nightporter.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JVM of this class path that takes orders ({@link Orders}). It is small, and goes before others where the user may
 * say so: what is measured is the proxy, and not how long its load had to wait for a core.
 */
final class ChildProcess implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> BEFORE_OTHERS = List.of("nice", "-n", "-10");
    private static final List<String> JAVA_OPTIONS = List.of(
        "-XX:+UseSerialGC",
        "-Xms192m",
        "-Xmx192m",
        "-Xmn128m",
        "-Xss512k",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dio.netty.leakDetection.level=disabled"
    );

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private ChildProcess(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildProcess start(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(BEFORE_OTHERS);
        }
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(JAVA_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    long pid() {
        return process.pid();
    }

    /**
     * Gives an order and waits for the answer.
     *
     * @throws IOException when the process has ended; why stands on the standard error
     */
    <T> T ask(Object order, Class<T> answer) throws IOException {
        say(JSON.writeValueAsString(order));
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a process of the load has ended; its last words are above");
        }
        return JSON.readValue(line, answer);
    }

    /** Should this JVM end before it releases that process, the child ends it. */
    void guard(long other) {
        try {
            say(Orders.GUARD + other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void release(long other) throws IOException {
        say(Orders.RELEASE + other);
    }

    private void say(String line) throws IOException {
        orders.write(line + "\n");
        orders.flush();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(5))) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
