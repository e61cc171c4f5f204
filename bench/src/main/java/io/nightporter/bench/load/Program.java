package io.nightporter.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** A proxy that was started to be measured. */
final class Program implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 2_000_000;

    private final Process process;
    private final int port;
    private final double startSeconds;

    private Program(Process process, int port, double startSeconds) {
        this.process = process;
        this.port = port;
        this.startSeconds = startSeconds;
    }

    /**
     * Starts it and waits until a status request through it is answered.
     *
     * @param port where it is going to listen
     * @param home its working directory; its output goes to a file {@code log} in there
     * @param protocol of the status request
     * @param born learns the process before anything else happens
     * @throws IOException when it ends or does not answer in time; the message holds what it said
     */
    static Program start(
        List<String> command,
        Map<String, String> environment,
        int port,
        Path home,
        int protocol,
        LongConsumer born
    ) throws IOException, InterruptedException {
        Path log = home.resolve("log");
        var builder = new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        Process process = builder.start();
        born.accept(process.pid());
        while (!StatusQuestion.isAnswered(port, protocol)) {
            boolean late = System.nanoTime() - begin > PATIENCE.toNanos();
            if (late || !process.isAlive()) {
                process.destroyForcibly();
                throw new IOException(
                    "%s %s and said: %s".formatted(
                        command.getFirst(),
                        late ? "did not answer a status request in time" : "ended",
                        Files.readString(log).strip()
                    )
                );
            }
            Thread.sleep(Duration.ofNanos(LOOK_NANOS));
        }
        return new Program(process, port, (System.nanoTime() - begin) / 1e9);
    }

    /** A port of the loopback interface that nobody listens on at the moment. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    List<Long> processes() {
        return List.of(process.pid());
    }

    /** From its start to the first answered status request. */
    double startSeconds() {
        return startSeconds;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(10))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
