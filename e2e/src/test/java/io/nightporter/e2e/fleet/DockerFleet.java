package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Nightporter with an empty store, the nodes near and far, and servers with the hostname NAME.test. */
final class DockerFleet implements AutoCloseable {

    /** Within this everything that happens to nodes and containers is to be seen. */
    static final Duration NOTICED = Duration.ofSeconds(10);
    /** For what a slow machine does in its own time. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Who plays on the newest demo world. */
    private static final ProtocolVersion VERSION = Objects.requireNonNull(ProtocolVersions.builtIn().find(776));
    private static final AtomicInteger WORDS = new AtomicInteger();

    private final String name;
    private final String config;
    private final @Nullable PostgresServer postgres;
    private NightporterProcess nightporter;
    private FleetApi api;

    /** Where the records are. */
    enum Store {
        SQLITE,
        POSTGRESQL,
    }

    private DockerFleet(String name, String config, @Nullable PostgresServer postgres) {
        this.name = name;
        this.config = config;
        this.postgres = postgres;
        this.nightporter = NightporterProcess.start(name, config);
        this.api = FleetApi.of(nightporter);
    }

    /**
     * Starts it and waits until it has found both nodes.
     *
     * @param near what stands behind the node's name
     * @param far likewise
     * @param servers lines of fleet.servers, see {@link #image} and {@link #container}
     */
    static DockerFleet start(Store store, String near, String far, String... servers) {
        PostgresServer postgres = store == Store.POSTGRESQL ? PostgresServer.start() : null;
        String config = """
        proxy:
          listen: 127.0.0.1:{PORT}
          onlineMode: false
          wakeQuota: { perAccount: 0, perNetwork: 0, total: 0 }
        admin: { listen: "127.0.0.1:{ADMIN}" }
        waitingRoom: { stallAfter: 4s }
        store: "%s"
        fleet:
          nodes:
            near: %s
            far: %s
          servers:
        """.formatted(postgres == null ? "sqlite:fleet.db" : postgres.url(), near, far);
        var fleet = new DockerFleet("docker-fleet-" + System.nanoTime(), config + String.join("", servers), postgres);
        try {
            fleet.awaitNodes();
            return fleet;
        } catch (AssertionError | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** The entry of a server that is made of an image, with further keys such as {@code node: near}. */
    static String image(String server, String image, String... more) {
        return entry(server, "image: \"" + image + "\"", more);
    }

    /** The entry of a server that is a container which somebody else made. */
    static String container(String server, String container, String... more) {
        return entry(server, "container: " + container, more);
    }

    private static String entry(String server, String what, String... more) {
        List<String> keys = new ArrayList<>(List.of("hosts: [" + server + ".test]", what, "payPerUse: true"));
        keys.addAll(List.of(more));
        return "    " + server + ": { " + String.join(", ", keys) + " }\n";
    }

    /** Waits until the records are open and what runs on both nodes was looked at. */
    void awaitNodes() {
        // Players may come before the records are open, and it is these that know of tokens.
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(nightporter.folder().resolve("admin.token"))) {
            assertThat(System.nanoTime()).as("time when there is no token").isLessThan(until);
            NightporterProcess.pause(Duration.ofMillis(50));
        }
        for (String node : List.of("near", "far")) {
            api.await("/api/nodes/" + node, seen -> seen.path("reachable").asBoolean(), PATIENCE);
        }
    }

    FleetApi api() {
        return api;
    }

    /** Asks it to end, as a system does that restarts it, and waits for that. */
    void end() {
        nightporter.child().signal("TERM");
        nightporter.child().awaitEnd(PATIENCE);
        api.close();
    }

    /** Starts it again after its {@link #end}; does not wait for the nodes. */
    void startAgain() {
        nightporter = NightporterProcess.start(name, config);
        api = FleetApi.of(nightporter);
    }

    /** Somebody comes. */
    WirePlayer join(String server, String player) throws IOException {
        return WirePlayer.connect(nightporter.port(), VERSION, server + ".test", player);
    }

    /** Waits until a server is awake; returns what the API says of it. */
    JsonNode awaitAwake(String server) {
        return api.awaitPhase(server, "AWAKE", PATIENCE);
    }

    /** Players of a server play as soon as it is awake: what they say is said there, and they are said to be there. */
    void play(String server, List<WirePlayer> players) throws IOException {
        awaitAwake(server);
        for (WirePlayer player : players) {
            player.chatUntilHeard("word " + WORDS.incrementAndGet() + ".");
        }
        awaitAttachment(players, "backend");
    }

    /** Waits until players are in the waiting room, still connected. */
    void awaitWaiting(List<WirePlayer> players) {
        awaitAttachment(players, "waiting");
        assertThat(players).allMatch(WirePlayer::isConnected);
    }

    /** Waits until players are held in front of a server that says nothing; they may be let go again the next moment. */
    void awaitHeld(String server, List<WirePlayer> players) {
        for (WirePlayer player : players) {
            String line = "player waits player=" + player.name() + " server=" + server + " reason=stalled";
            nightporter.child().awaitLine(line, said -> said.contains(line), NOTICED);
        }
        assertThat(players).allMatch(WirePlayer::isConnected);
    }

    private void awaitAttachment(List<WirePlayer> players, String attachment) {
        List<String> names = players.stream().map(WirePlayer::name).toList();
        api.await(
            "/api/players",
            body ->
                body
                    .path("players")
                    .valueStream()
                    .filter(player -> player.path("attachment").asString().equals(attachment))
                    .map(player -> player.path("name").asString())
                    .toList()
                    .containsAll(names),
            NOTICED
        );
    }

    /** The id of what happened last. */
    String lastEvent() {
        return api.events(null, null).getLast().path("id").asString();
    }

    /**
     * Waits for something to happen to a server or node.
     *
     * @param kind as {@code node_lost}
     * @param after the id of an event that was before
     */
    JsonNode awaitEvent(String kind, String subject, String after, Duration limit) {
        JsonNode all = api.await(
            "/api/events?follow=false&limit=1000&after=" + after,
            body ->
                body
                    .path("events")
                    .valueStream()
                    .anyMatch(event -> isEvent(event, kind, subject)),
            limit
        );
        return all
            .path("events")
            .valueStream()
            .filter(event -> isEvent(event, kind, subject))
            .findFirst()
            .orElseThrow();
    }

    private static boolean isEvent(JsonNode event, String kind, String subject) {
        return (
            event.path("kind").asString().equals(kind) &&
            (event.path("server").asString("").equals(subject) || event.path("node").asString("").equals(subject))
        );
    }

    /** All operations of a server, the latest first. */
    List<JsonNode> operations(String server) {
        return api
            .get("/api/operations?server=" + server)
            .expect(200)
            .body()
            .path("operations")
            .valueStream()
            .toList();
    }

    @Override
    public void close() {
        api.close();
        nightporter.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
