package io.nightporter.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The world of the demo as a child process. It ends with this object, and also by itself when this process dies,
 * because its standard input then ends.
 */
final class DemoWorld implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DemoWorld.class);
    private static final String MAIN_CLASS = "io.nightporter.demo.DemoWorld";
    private static final String CLASS_PATH_PROPERTY = "nightporter.demo.classpath";
    private static final Pattern READY = Pattern.compile("READY port=(\\d+) protocol=(\\d+) version=(\\S+)");
    private static final int SECONDS_TO_START = 60;
    private static final int SECONDS_TO_END = 5;
    private static final int LINES_KEPT = 10;
    private static final int CTRL_C_MILLIS = 300;

    /** Where the world listens and which Minecraft version it speaks. */
    record Ready(int port, int protocol, String version) {}

    /** The world cannot be had; the message is for people. */
    static final class FailedException extends Exception {

        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }

    private final Process process;
    private final EndOfProgram end;
    private final CompletableFuture<Ready> ready = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private DemoWorld(Process process, EndOfProgram end) {
        this.process = process;
        this.end = end;
    }

    /**
     * Starts the world on a free port of the loopback interface.
     *
     * @param secret the file with the forwarding secret
     * @param end is asked for if the world ends by itself later on
     */
    static DemoWorld start(Path secret, EndOfProgram end) throws FailedException {
        String classPath = System.getProperty(CLASS_PATH_PROPERTY, "");
        if (classPath.isEmpty()) {
            throw new FailedException(
                "this installation has no demo world; start it with the script ./nightporter demo"
            );
        }
        List<String> command = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            classPath,
            MAIN_CLASS,
            "--port",
            "0",
            "--watch-stdin",
            "--velocity-secret-file",
            secret.toString()
        );
        try {
            var world = new DemoWorld(new ProcessBuilder(command).start(), end);
            world.follow();
            return world;
        } catch (IOException e) {
            throw new FailedException("the demo world cannot be started: " + e.getMessage());
        }
    }

    private void follow() {
        log.info("demo world starting pid={}", process.pid());
        Thread.ofVirtual().start(() -> read(process.getInputStream()));
        Thread.ofVirtual().start(() -> read(process.getErrorStream()));
        end.requested().thenRun(() -> ready.cancel(false));
        process.onExit().thenAcceptAsync(this::ended);
    }

    private void ended(Process gone) {
        if (end.isRequestedWithin(CTRL_C_MILLIS)) {
            return; // the terminal sends SIGINT to both processes
        }
        if (!ready.completeExceptionally(new FailedException("the demo world ended while it started" + output()))) {
            log.error("demo world ended unexpectedly code={}{}", gone.exitValue(), output());
            end.request(ExitCode.FAILED);
        }
    }

    private void read(InputStream stream) {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    int port = Integer.parseInt(matcher.group(1));
                    ready.complete(new Ready(port, Integer.parseInt(matcher.group(2)), matcher.group(3)));
                } else {
                    keep(line);
                }
            }
        } catch (IOException e) {
            log.debug("output of the demo world ended", e);
        }
    }

    private void keep(String line) {
        log.debug("demo world: {}", line);
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > LINES_KEPT) {
                lastLines.removeFirst();
            }
        }
    }

    /** Blocks until players can come; null: the end of the program was asked for meanwhile. */
    @Nullable
    Ready awaitReady() throws FailedException {
        try {
            return ready.get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (CancellationException _) {
            return null;
        } catch (TimeoutException _) {
            throw new FailedException("the demo world did not start within " + SECONDS_TO_START + " s" + output());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailedException failed ? failed : new FailedException(String.valueOf(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private String output() {
        synchronized (lastLines) {
            return lastLines.isEmpty() ? "" : ":\n  " + String.join("\n  ", lastLines);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            log.debug("demo world is gone", e);
        }
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
