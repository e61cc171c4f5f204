package io.nightporter.e2e.fleet;

import static io.nightporter.e2e.fleet.DockerFleet.NOTICED;
import static io.nightporter.e2e.fleet.DockerFleet.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.fleet.DockerFleet.Store;
import io.nightporter.e2e.wire.WirePlayer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Servers in containers of two engines, their players, and what happens to the containers, the engines and the cable between. */
@Timeout(240)
class DockerFleetIT {

    private static final int CROWD = 20;
    private static final String SLEEPS_SOON = "idleAfter: 5s";
    private static final Duration CUT = Duration.ofSeconds(30);

    private static DockerNode near;
    private static DockerNode far;
    private static String image;

    private final List<WirePlayer> players = new ArrayList<>();

    @BeforeAll
    static void open() {
        near = DockerNode.open("near", 0);
        far = DockerNode.open("far", 1);
        image = GameImage.on(near);
        GameImage.on(far);
    }

    @AfterAll
    static void close() {
        for (DockerNode node : new DockerNode[] { near, far }) {
            if (node != null) {
                node.close();
            }
        }
    }

    @AfterEach
    void clear() {
        players.forEach(WirePlayer::close);
        for (DockerNode node : new DockerNode[] { near, far }) {
            Shell.script(
                """
                docker -H "$1" ps -aq | xargs -r docker -H "$1" rm -f
                docker -H "$1" volume ls -q | xargs -r docker -H "$1" volume rm -f
                """,
                node.socket()
            );
        }
    }

    private static DockerFleet fleet(Store store, String... servers) {
        return DockerFleet.start(store, near.yaml("memory: 3GiB"), far.yaml("memory: 2GiB"), servers);
    }

    private static String server(String name, String... more) {
        return DockerFleet.image(name, image, more);
    }

    private WirePlayer join(DockerFleet fleet, String server, String name) throws IOException {
        WirePlayer player = fleet.join(server, name);
        players.add(player);
        return player;
    }

    /** What the engine says of a container, such as {@code {{.State.Status}}}. */
    private static String inspect(DockerNode node, String container, String format) {
        return node.docker("inspect", "-f", format, container);
    }

    private static void leaveMark(DockerNode node, String container) {
        node.docker("exec", container, "sh", "-c", "echo here > /data/mark");
    }

    private static void expectMark(DockerNode node, String container) {
        assertThat(node.docker("exec", container, "cat", "/data/mark"))
            .as("what was left in /data")
            .isEqualTo("here");
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void oneContainerIsMadeForAllWhoComeAndItSleepsAndWakesWithItsData(Store store) throws IOException {
        String container = "nightporter-plaza";
        try (DockerFleet fleet = fleet(store, server("plaza", "node: near", "memory: 1GiB", SLEEPS_SOON))) {
            assertThat(fleet.api().get("/api/status").text("store")).isEqualToIgnoringCase(store.name());
            assertThat(fleet.api().phase("plaza")).isEqualTo("ASLEEP");
            assertThat(near.docker("ps", "-aq")).isEmpty();
            for (int i = 0; i < CROWD; i++) {
                join(fleet, "plaza", "Guest" + i);
            }
            fleet.play("plaza", players);
            String id = near.docker("ps", "-aq", "--no-trunc");
            assertThat(starts(near, id)).as("starts of %s", id).isEqualTo(1);
            assertThat(fleet.operations("plaza")).hasSize(1);
            JsonNode start = fleet.operations("plaza").getFirst();
            assertThat(start.path("cause").path("kind").asString()).isEqualTo("player");
            assertThat(start.path("state").asString()).isEqualTo("done");
            assertThat(
                start
                    .path("steps")
                    .valueStream()
                    .map(step -> step.path("name").asString())
            ).containsExactly("place", "prepare", "create", "start", "ready");
            leaveMark(near, container);

            players.forEach(WirePlayer::quit);
            fleet.api().awaitPhase("plaza", "ASLEEP", PATIENCE);
            assertThat(inspect(near, id, "{{.State.Status}}")).isEqualTo("exited");
            assertThat(near.docker("logs", id)).contains("SAVED chunks=");

            WirePlayer again = join(fleet, "plaza", "Again");
            fleet.play("plaza", List.of(again));
            assertThat(near.docker("ps", "-aq", "--no-trunc")).isEqualTo(id);
            expectMark(near, container);
        }
    }

    private static long starts(DockerNode node, String id) {
        return node
            .docker(
                "events",
                "--since",
                "10m",
                "--until",
                "0s",
                "--filter",
                "event=start",
                "--filter",
                "container=" + id,
                "--format",
                "started"
            )
            .lines()
            .count();
    }

    @Test
    void aServerIsMadeWhereMostMemoryIsLeftAndNotOnADrainedNode() throws IOException {
        try (
            DockerFleet fleet = fleet(
                Store.SQLITE,
                server("big", "memory: 2GiB"),
                server("middle", "memory: 1GiB"),
                server("small", "memory: 512MiB")
            )
        ) {
            FleetApi api = fleet.api();
            api.order("big", "start");
            api.await("/api/servers/big", seen -> seen.path("node").asString("").equals("near"), NOTICED);
            api.order("middle", "start");
            api.await("/api/servers/middle", seen -> seen.path("node").asString("").equals("far"), NOTICED);
            fleet.awaitAwake("middle");

            api.post("/api/nodes/far/drain").expect(200);
            assertThat(api.phase("middle")).isEqualTo("AWAKE");
            // Both have 1 GiB left.
            api.order("small", "start");
            api.await("/api/servers/small", seen -> seen.path("node").asString("").equals("near"), NOTICED);
            assertThat(fleet.api().node("near").path("promisedBytes").asLong()).isEqualTo(2560L << 20);

            api.awaitOperation(api.order("middle", "stop"), PATIENCE);
            assertThat(join(fleet, "middle", "Guest").awaitEnd())
                .startsWith("kicked: ")
                .contains("middle");
            assertThat(api.post("/api/servers/middle/start").expect(409).text("message")).contains("drain --off far");
            assertThat(far.docker("ps", "-q")).isEmpty();

            api.post("/api/nodes/far/drain", Map.of("draining", false)).expect(200);
            fleet.play("middle", List.of(join(fleet, "middle", "Guest")));
            assertThat(far.docker("ps", "--format", "{{.Names}}")).isEqualTo("nightporter-middle");
        }
    }

    @Test
    void whatIsDoneToAContainerBehindOurBackIsSeenAtOnceAndItsPlayersWait() throws IOException {
        String container = "nightporter-hurt";
        try (DockerFleet fleet = fleet(Store.POSTGRESQL, server("hurt", "node: near", "startAttempts: 10"))) {
            join(fleet, "hurt", "First");
            join(fleet, "hurt", "Second");
            fleet.play("hurt", players);
            leaveMark(near, container);
            for (String[] harm : new String[][] { { "kill", container }, { "rm", "-f", container } }) {
                String before = fleet.lastEvent();
                near.docker(harm);
                fleet.awaitEvent("instance_died", "hurt", before, NOTICED);
                assertThat(fleet.api().phase("hurt")).isNotEqualTo("AWAKE");
                fleet.awaitWaiting(players);
                fleet.play("hurt", players);
                expectMark(near, container);
            }

            near.docker("pause", container);
            fleet.api().awaitPhase("hurt", "PAUSED", NOTICED);
            fleet.awaitHeld("hurt", players);
            fleet.play("hurt", players);
            assertThat(inspect(near, container, "{{.State.Status}}")).isEqualTo("running");

            players.forEach(WirePlayer::quit);
            fleet.api().awaitOperation(fleet.api().order("hurt", "stop"), PATIENCE);
            assertThat(fleet.api().phase("hurt")).isEqualTo("ASLEEP");
            String before = fleet.lastEvent();
            near.docker("start", container);
            fleet.awaitEvent("instance_adopted", "hurt", before, NOTICED);
            fleet.play("hurt", List.of(join(fleet, "hurt", "Third")));
        }
    }

    @Test
    void anEngineThatIsKilledAndComesBackHasItsPlayersBack() throws IOException {
        try (DockerFleet fleet = fleet(Store.SQLITE, server("distant", "node: far"))) {
            join(fleet, "distant", "First");
            fleet.play("distant", players);
            String before = fleet.lastEvent();
            far.kill();
            fleet.awaitEvent("node_lost", "far", before, NOTICED);
            expectUnreachable(fleet);
            WirePlayer late = join(fleet, "distant", "Late");
            late.awaitJoin();
            fleet.awaitWaiting(List.of(late));

            far.restart();
            fleet.awaitEvent("node_back", "far", before, NOTICED);
            fleet.api().await("/api/servers/distant", seen -> seen.path("reachable").asBoolean(), NOTICED);
            fleet.play("distant", players);
        }
    }

    @Test
    void aCutCableIsNoticedAndWhoPlayedWaitsAndPlaysOn() throws IOException {
        try (DockerFleet fleet = fleet(Store.POSTGRESQL, server("distant", "node: far"))) {
            join(fleet, "distant", "First");
            join(fleet, "distant", "Second");
            fleet.play("distant", players);
            String started = inspect(far, "nightporter-distant", "{{.State.StartedAt}}");
            String before = fleet.lastEvent();
            far.cut();
            long cut = System.nanoTime();
            try {
                fleet.awaitEvent("node_lost", "far", before, NOTICED);
                expectUnreachable(fleet);
                fleet.awaitHeld("distant", players);
                assertThat(fleet.api().node("near").path("reachable").asBoolean()).isTrue();
                WirePlayer late = join(fleet, "distant", "Late");
                late.awaitJoin();
                fleet.awaitWaiting(List.of(late));
                NightporterProcess.pause(CUT.minusNanos(System.nanoTime() - cut));
                assertThat(players).allMatch(WirePlayer::isConnected);
            } finally {
                far.mend();
            }
            fleet.awaitEvent("node_back", "far", before, NOTICED);
            fleet.api().await("/api/servers/distant", seen -> seen.path("reachable").asBoolean(), NOTICED);
            fleet.play("distant", players);
            assertThat(inspect(far, "nightporter-distant", "{{.State.StartedAt}}")).isEqualTo(started);
            assertThat(fleet.operations("distant")).as("starts and stops").hasSize(1);
        }
    }

    private static void expectUnreachable(DockerFleet fleet) {
        assertThat(fleet.api().node("far").path("reachable").asBoolean()).isFalse();
        JsonNode server = fleet.api().server("distant");
        assertThat(server.path("reachable").asBoolean()).isFalse();
        assertThat(server.path("status").asString()).isEqualTo("unreachable");
        assertThat(server.path("phase").asString()).isEqualTo("AWAKE");
    }

    @Test
    void aContainerThatSomebodyElseMadeWakesAndSleepsByItsName() throws IOException {
        near.docker("create", "--name", "someones", "-p", "25565", image);
        try (
            DockerFleet fleet = fleet(
                Store.SQLITE,
                DockerFleet.container("named", "someones", "node: near", SLEEPS_SOON)
            )
        ) {
            fleet.play("named", List.of(join(fleet, "named", "Guest")));
            expectRefused(fleet, "named");
            players.forEach(WirePlayer::quit);
            fleet.api().awaitPhase("named", "ASLEEP", PATIENCE);
            assertThat(inspect(near, "someones", "{{.State.Status}}")).isEqualTo("exited");
        }
    }

    @Test
    void aContainerWithLabelsIsAServerForAsLongAsItIsThere() throws IOException {
        try (DockerFleet fleet = fleet(Store.SQLITE, server("other"))) {
            near.docker(
                "create",
                "--name",
                "labelled",
                "-p",
                "25565",
                "--label",
                "nightporter.host=labelled.test",
                "--label",
                "nightporter.payPerUse=true",
                "--label",
                "nightporter.idleAfter=5s",
                image
            );
            JsonNode seen = fleet.api().await("/api/servers/labelled", _ -> true, NOTICED);
            assertThat(seen.path("managedBy").asString()).isEqualTo("docker");
            assertThat(seen.path("node").asString()).isEqualTo("near");
            assertThat(seen.path("hosts").path(0).asString()).isEqualTo("labelled.test");
            fleet.play("labelled", List.of(join(fleet, "labelled", "Guest")));
            expectRefused(fleet, "labelled");
            players.forEach(WirePlayer::quit);
            fleet.api().awaitPhase("labelled", "ASLEEP", PATIENCE);
            assertThat(inspect(near, "labelled", "{{.State.Status}}")).isEqualTo("exited");

            String before = fleet.lastEvent();
            near.docker("rm", "labelled");
            fleet.awaitEvent("server_removed", "labelled", before, NOTICED.plusSeconds(5));
            fleet.api().get("/api/servers/labelled").expect(404);
        }
    }

    /** Where a definition came from, there it is changed. */
    private static void expectRefused(DockerFleet fleet, String server) {
        String path = "/api/servers/" + server;
        Answer patched = fleet.api().patch(path, Map.of("payPerUse", false)).expect(409);
        assertThat(patched.text("error")).isEqualTo("managed_elsewhere");
        fleet
            .api()
            .put(path, Map.of("hosts", List.of("else.test"), "image", image))
            .expect(409);
        fleet.api().delete(path).expect(409);
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void aServerRunsOnWhileNightporterIsRestartedAndIsAwakeAtOnce(Store store) throws IOException {
        String container = "nightporter-kept";
        try (DockerFleet fleet = fleet(store, server("kept", "node: far"))) {
            join(fleet, "kept", "Guest");
            fleet.play("kept", players);
            leaveMark(far, container);
            String started = inspect(far, container, "{{.Id}} {{.State.StartedAt}}");
            String before = fleet.lastEvent();
            fleet.end();
            assertThat(inspect(far, container, "{{.State.Status}}")).isEqualTo("running");

            fleet.startAgain();
            JsonNode first = fleet.api().await("/api/servers/kept", _ -> true, PATIENCE);
            assertThat(first.path("phase").asString()).isEqualTo("AWAKE");
            fleet.awaitNodes();
            fleet.play("kept", List.of(join(fleet, "kept", "Guest")));
            assertThat(inspect(far, container, "{{.Id}} {{.State.StartedAt}}")).isEqualTo(started);
            expectMark(far, container);
            assertThat(fleet.operations("kept")).hasSize(1);
            assertThat(fleet.api().events("kept", before)).isEmpty();
        }
    }
}
