package io.nightporter.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** {@code ./nightporter run} in a child process, with a folder and ports of its own. */
public final class NightporterProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final Child child;
    private final Path config;
    private final int port;
    private final int adminPort;

    private NightporterProcess(String name, Child child, Path config, int port, int adminPort) {
        this.name = name;
        this.child = child;
        this.config = config;
        this.port = port;
        this.adminPort = adminPort;
    }

    /**
     * Starts it and waits until players may come.
     *
     * @param config the file; {PORT} and {ADMIN} in it become free ports
     */
    public static NightporterProcess start(String name, String config) {
        int port = Workplace.freePort();
        int adminPort = Workplace.freePort();
        Path folder = Workplace.folder(name);
        Path file = folder.resolve("nightporter.yml");
        write(file, filled(config, port, adminPort));
        return start(name, file, port, adminPort);
    }

    private static NightporterProcess start(String name, Path file, int port, int adminPort) {
        Path folder = Objects.requireNonNull(file.getParent());
        var child = Child.start(name, folder, List.of(launcher().toString(), "run", "--config", file.toString()));
        var nightporter = new NightporterProcess(name, child, file, port, adminPort);
        nightporter.awaitReady();
        return nightporter;
    }

    /** What is on the command line: {@code ./nightporter}. */
    public static Path launcher() {
        return Workplace.ROOT.resolve("nightporter");
    }

    /** Another one with the same configuration, folder and ports; this one must have ended. */
    public NightporterProcess again() {
        return start(name, config, port, adminPort);
    }

    /** Writes a new configuration over the old one; the program sees it by itself or when told by SIGHUP. */
    public void rewrite(String text) {
        write(config, filled(text, port, adminPort));
    }

    private static String filled(String config, int port, int adminPort) {
        return config.replace("{PORT}", Integer.toString(port)).replace("{ADMIN}", Integer.toString(adminPort));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline && child.handle().isAlive()) {
            if (admin("/readyz").startsWith("200 ")) {
                return;
            }
            pause(Duration.ofMillis(50));
        }
        String tail = child.tail();
        child.close();
        throw new AssertionError("nightporter did not become ready\n" + tail);
    }

    /** The answer of the admin address: status code, a blank and the body; "" when it does not answer. */
    public String admin(String path) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                .timeout(Duration.ofSeconds(5))
                .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException _) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where players connect, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Of the admin address, on 127.0.0.1. */
    public int adminPort() {
        return adminPort;
    }

    /** Where its configuration is, and its data unless the configuration says otherwise. */
    public Path folder() {
        return Objects.requireNonNull(config.getParent());
    }

    public Child child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
