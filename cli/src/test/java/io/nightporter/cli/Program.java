package io.nightporter.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, with this test's class path. */
final class Program implements AutoCloseable {

    private static final int SECONDS = 60;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> errors = new ArrayList<>();
    private final Thread errorReader;

    private Program(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> read(process.getInputStream(), lines::add));
        this.errorReader = Thread.ofVirtual().start(() -> read(process.getErrorStream(), this::addError));
    }

    static Program start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // A build in the background may ignore Ctrl-C, and its children would inherit that.
        command.addAll(List.of("env", "--default-signal=INT,HUP"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return new Program(new ProcessBuilder(command).start());
    }

    private interface Sink {
        void accept(String line);
    }

    private static void read(InputStream stream, Sink sink) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                sink.accept(line);
            }
        } catch (IOException e) {
            sink.accept("(" + e + ")");
        }
    }

    private void addError(String line) {
        synchronized (errors) {
            errors.add(line);
        }
    }

    /** Waits for a line on standard output that contains the text. */
    String awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        List<String> seen = new ArrayList<>();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no line with '" + text + "' but " + seen + " and " + errors());
            }
            if (line.contains(text)) {
                return line;
            }
            seen.add(line);
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end; it said " + lines + " and " + errors());
        }
        errorReader.join();
        return process.exitValue();
    }

    /** The lines on standard error. */
    List<String> errors() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
