package io.nightporter.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A child process. Its output is kept in target/e2e-logs; what it prints on standard output can be waited for. It ends
 * with this object at the latest: its standard input is a pipe of ours, which the programs of this suite watch.
 */
public final class Child implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path output;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private Child(String name, Process process, Path output, Path errors) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    public static Child start(String name, Path folder, List<String> command) {
        String file = "%03d-%s".formatted(COUNT.incrementAndGet(), name);
        Path output = Workplace.LOGS.resolve(file + ".out");
        Path errors = Workplace.LOGS.resolve(file + ".err");
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
            // What is tested is what Maven has built.
            builder.environment().put("NIGHTPORTER_BUILD", "never");
            Process process = builder.start();
            var child = new Child(name, process, output, errors);
            Thread.ofVirtual()
                .name("output of " + name)
                .start(child::read);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** A program of src/node; it gets its settings as JSON. */
    public static Child node(String name, String script, Object settings) {
        return node(name, List.of(), script, settings);
    }

    /** @param entrance a command that runs the command after it, and becomes it; see {@link NetworkNamespace} */
    public static Child node(String name, List<String> entrance, String script, Object settings) {
        List<String> command = new ArrayList<>(entrance);
        String json = JsonMapper.shared().writeValueAsString(settings);
        command.addAll(List.of(Workplace.node().toString(), script, json));
        return start(name, Workplace.NODE_SOURCES, command);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(); var writer = Files.newBufferedWriter(output)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                writer.write(line + "\n");
                writer.flush();
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException _) {
            // The process has ended and its pipe with it.
        } finally {
            synchronized (lines) {
                ended = true;
                lines.notifyAll();
            }
        }
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** All lines so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** All JSON lines so far of one event. */
    public List<JsonNode> events(String event) {
        return lines()
            .stream()
            .filter(line -> line.startsWith("{"))
            .map(JsonMapper.shared()::readTree)
            .filter(json -> json.path("event").asString("").equals(event))
            .toList();
    }

    /** The first JSON line of this event that fits, as soon as there is one. */
    public JsonNode awaitEvent(String event, Predicate<JsonNode> fits, Duration limit) {
        String line = awaitLine(event, candidate -> isEvent(candidate, event, fits), limit);
        return JsonMapper.shared().readTree(line);
    }

    private static boolean isEvent(String line, String event, Predicate<JsonNode> fits) {
        if (!line.startsWith("{")) {
            return false;
        }
        JsonNode json = JsonMapper.shared().readTree(line);
        return json.path("event").asString("").equals(event) && fits.test(json);
    }

    /** The first line that fits, as soon as there is one; fails when the process ends before or takes too long. */
    public String awaitLine(String what, Predicate<String> fits, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (lines) {
            int next = 0;
            while (true) {
                for (; next < lines.size(); next++) {
                    if (fits.test(lines.get(next))) {
                        return lines.get(next);
                    }
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || millis <= 0) {
                    throw new AssertionError(
                        name + (ended ? " ended without: " : " took too long to say: ") + what + "\n" + tail()
                    );
                }
                await(millis);
            }
        }
    }

    private void await(long millis) {
        try {
            lines.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /** Waits for the process to end by itself; returns its exit code. */
    public int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + limit + "\n" + tail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends a signal, such as KILL, STOP or CONT. */
    public void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("cannot send " + signal + " to " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The last lines of both outputs, for the message of a failure. */
    public String tail() {
        try {
            List<String> said = lines();
            List<String> complained = Files.exists(errors) ? Files.readAllLines(errors) : List.of();
            return String.join("\n", last(said)) + "\n" + String.join("\n", last(complained));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> last(List<String> all) {
        return all.subList(Math.max(0, all.size() - 20), all.size());
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // Gone already.
        }
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
