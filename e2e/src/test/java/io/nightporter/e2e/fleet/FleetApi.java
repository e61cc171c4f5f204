package io.nightporter.e2e.fleet;

import io.nightporter.e2e.NightporterProcess;
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
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Asks the API of the admin address, as a program would. */
public final class FleetApi implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;
    private final Supplier<@Nullable String> token;

    private FleetApi(int port, Supplier<@Nullable String> token) {
        this.port = port;
        this.token = token;
    }

    /** As the admin of the same machine, with the token in the data folder, which is where the configuration is. */
    public static FleetApi of(NightporterProcess nightporter) {
        return of(nightporter, nightporter.folder());
    }

    public static FleetApi of(NightporterProcess nightporter, Path dataFolder) {
        // Read each time: it may be made anew at a start.
        return new FleetApi(nightporter.adminPort(), () -> read(dataFolder.resolve("admin.token")));
    }

    /** The same with another token; null: with none. */
    public FleetApi as(@Nullable String other) {
        return new FleetApi(port, () -> other);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer get(String path) {
        return send("GET", path, null, "application/json");
    }

    /** @param body is written as JSON; null: none */
    public Answer post(String path, @Nullable Object body) {
        return send("POST", path, json(body), "application/json");
    }

    public Answer post(String path) {
        return post(path, null);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, json(body), "application/json");
    }

    /** JSON merge patch. */
    public Answer patch(String path, Object body) {
        return send("PATCH", path, json(body), "application/merge-patch+json");
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, "application/json");
    }

    /** {@code POST /api/apply} of YAML with the keys nodes and servers. */
    public Answer apply(String yaml) {
        return send("POST", "/api/apply", yaml, "application/yaml");
    }

    private static @Nullable String json(@Nullable Object body) {
        return body == null ? null : JsonMapper.shared().writeValueAsString(body);
    }

    private Answer send(String method, String path, @Nullable String body, String type) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(LIMIT)
            .header("Accept", "application/json")
            .method(
                method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)
            );
        if (body != null) {
            request.header("Content-Type", type);
        }
        String secret = token.get();
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(method + " " + path, response.statusCode(), tree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode tree(String body) {
        return body.isBlank() ? MissingNode.getInstance() : JsonMapper.shared().readTree(body);
    }

    public JsonNode server(String name) {
        return get("/api/servers/" + name)
            .expect(200)
            .body();
    }

    /** Such as {@code AWAKE}. */
    public String phase(String server) {
        return server(server).path("phase").asString();
    }

    public JsonNode node(String name) {
        return get("/api/nodes/" + name)
            .expect(200)
            .body();
    }

    /** Orders {@code start}, {@code stop}, {@code restart}, {@code pin} or {@code unpin}; the operation's id, "" if there is none. */
    public String order(String server, String what) {
        Answer answer = post("/api/servers/" + server + "/" + what);
        if (answer.status() != 200) {
            answer.expect(202);
        }
        return answer.text("operation");
    }

    /** Waits for an operation's end; returns it, however it ended. */
    public JsonNode awaitOperation(String id, Duration limit) {
        String path = "/api/operations/" + id;
        return await(path, operation -> !operation.path("state").asString("").equals("running"), limit);
    }

    /** Waits until a server is in a phase; returns the server. */
    public JsonNode awaitPhase(String server, String phase, Duration limit) {
        return await("/api/servers/" + server, seen -> seen.path("phase").asString("").equals(phase), limit);
    }

    /** Waits until what is at a path fits; fails with what was there last. */
    public JsonNode await(String path, Predicate<JsonNode> fits, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (true) {
            Answer answer = get(path);
            if (answer.status() == 200 && fits.test(answer.body())) {
                return answer.body();
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("after " + limit + " " + path + " still says " + answer);
            }
            NightporterProcess.pause(PAUSE);
        }
    }

    /**
     * Events that are kept, oldest first.
     *
     * @param server null: of all
     * @param after the id of an event: only later ones; null: from the beginning
     */
    public List<JsonNode> events(@Nullable String server, @Nullable String after) {
        String path = "/api/events?follow=false&limit=1000";
        if (server != null) {
            path += "&server=" + server;
        }
        if (after != null) {
            path += "&after=" + after;
        }
        return get(path).expect(200).body().path("events").valueStream().toList();
    }

    /** Makes a token; returns the secret. */
    public String makeToken(String name, String scope, @Nullable String owner) {
        Map<String, String> wish =
            owner == null ? Map.of("name", name, "scope", scope) : Map.of("name", name, "scope", scope, "owner", owner);
        return post("/api/tokens", wish).expect(201).text("token");
    }

    @Override
    public void close() {
        http.close();
    }
}
