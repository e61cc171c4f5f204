package io.nightporter.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The session server of src/node/session-server.mjs. */
public final class SessionServer implements AutoCloseable {

    private final Child child;
    private final URI address;

    private SessionServer(Child child, URI address) {
        this.child = child;
        this.address = address;
    }

    public static SessionServer start() {
        var child = Child.node("session-server", "session-server.mjs", Map.of());
        int port = child
            .awaitEvent("ready", _ -> true, Duration.ofSeconds(30))
            .path("port")
            .asInt();
        return new SessionServer(child, URI.create("http://127.0.0.1:" + port));
    }

    /** The base address, without a trailing slash. */
    public URI address() {
        return address;
    }

    /** How it answers from now on; see session-server.mjs. */
    public void mode(String mode) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(
                HttpRequest.newBuilder(address.resolve("/mode")).PUT(HttpRequest.BodyPublishers.ofString(mode)).build(),
                HttpResponse.BodyHandlers.discarding()
            );
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
