package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.Delays;
import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.StayingPlayer;
import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.BossBar;
import io.nightporter.protocol.packet.LegacyTitle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Players who come to servers that sleep: they wait, see for how long, and are in the world when it is there. */
@Tag("alone")
@Timeout(180)
class FleetWakeIT {

    /** Of the worlds of 26.1.2. */
    private static final int PROTOCOL = 775;
    private static final int CROWD = 20;
    private static final Duration WAKE_LIMIT = Duration.ofSeconds(60);
    /** From a server's being awake until a player is in its world: mostly less than one second, and the server's login is in it. */
    private static final Duration ENTRY_LIMIT = Duration.ofSeconds(3);
    /** Of twenty at once into a server that has never let anybody in. */
    private static final Duration CROWD_LIMIT = Duration.ofSeconds(10);

    private static FleetHouse house;

    @BeforeAll
    static void open() {
        house = FleetHouse.plan("fleet-wake")
            .world("v775", GameVersion.World.V26_1, Map.of(), "--start-delay", "3s")
            .world("v772", GameVersion.World.V1_21_8, Map.of(), "--start-delay", "3s")
            .world("crowded", GameVersion.World.V26_1, Map.of(), "--start-delay", "2s")
            .open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({ "26.1, 775", "1.21.8, 772" })
    void whoComesToASleepingServerWaitsAndIsThenInTheWorld(String version, int protocol) throws IOException {
        String server = "v" + protocol;
        int port = house.nightporter().port();
        assertThat(house.api().phase(server)).isEqualTo("ASLEEP");
        assertThat(house.processes(server)).isEmpty();

        var game = GameVersion.named(version);
        try (
            var player = StayingPlayer.join("mineflayer", game, server + ".test", port);
            var old = house.join(47, server, "old" + protocol)
        ) {
            assertThat(player.await(0, "title").path("text").asString()).isEqualTo(server + " is starting");
            assertThat(player.await(0, "bar").path("text").asString()).isEqualTo(server + " is starting");
            old.await(
                LegacyTitle.class,
                title ->
                    title.change() instanceof LegacyTitle.Title words &&
                    words
                        .text()
                        .words()
                        .equals(server + " is starting")
            );
            old.quit();
            house.api().awaitPhase(server, "AWAKE", WAKE_LIMIT);
            player.await(0, "no title");
            player.chats();
            assertThat(player.worlds()).as("worlds: the room, and the server's").isEqualTo(2);
        }
        assertThat(house.changes(server)).containsExactly("ASLEEP>STARTING", "STARTING>AWAKE");
        assertThat(house.operations(server)).singleElement().satisfies(FleetWakeIT::toldStepByStep);

        stop(server);
        theSecondTimeItIsKnownHowLongItTakes(server, protocol);
    }

    private static void toldStepByStep(JsonNode operation) {
        assertThat(operation.path("kind").asString()).isEqualTo("start");
        assertThat(operation.path("state").asString()).isEqualTo("done");
        assertThat(operation.path("progress").asDouble()).isEqualTo(1);
        assertThat(operation.path("cause").path("kind").asString()).isEqualTo("player");
        assertThat(operation.path("cause").path("name").asString()).isNotEmpty();
        List<JsonNode> steps = operation.path("steps").valueStream().toList();
        assertThat(steps)
            .extracting(step -> step.path("name").asString())
            .containsExactly("place", "prepare", "create", "start", "ready");
        Instant last = Instant.parse(operation.path("createdAt").asString());
        for (JsonNode step : steps) {
            Instant begun = Instant.parse(step.path("startedAt").asString());
            Instant ended = Instant.parse(step.path("endedAt").asString());
            assertThat(begun).isBetween(last, ended);
            last = ended;
        }
    }

    private static void stop(String server) {
        String operation = house.api().order(server, "stop");
        assertThat(house.api().awaitOperation(operation, WAKE_LIMIT).path("state").asString()).isEqualTo("done");
        house.api().awaitPhase(server, "ASLEEP", WAKE_LIMIT);
        assertThat(house.processes(server)).isEmpty();
    }

    private static void theSecondTimeItIsKnownHowLongItTakes(String server, int protocol) throws IOException {
        try (var player = house.join(protocol, server, "again" + protocol)) {
            JsonNode starting = house
                .api()
                .await("/api/servers/" + server, seen -> seen.path("readyInSeconds").isNumber(), WAKE_LIMIT);
            assertThat(starting.path("readyInSeconds").asDouble()).isBetween(0.0, WAKE_LIMIT.toSeconds() * 1.0);
            assertThat(house.listed(protocol, server)).containsPattern(
                "starting – about (one second|\\d+ seconds) to go"
            );
            player.awaitReceived("the time in the boss bar", packet ->
                barTitle(packet).matches(server + " is starting, about (one second|\\d+ seconds) to go")
            );
            house.api().awaitPhase(server, "AWAKE", WAKE_LIMIT);
            assertThat(WorldEntries.measure(house.api(), server, List.of(player)).longest()).isLessThan(ENTRY_LIMIT);
            player.chatUntilHeard("here I am");
            List<String> shown = player.received().stream().map(FleetWakeIT::barTitle).distinct().toList();
            assertThat(shown).as("it counts down").hasSizeGreaterThan(2);
        }
    }

    private static String barTitle(Received packet) {
        return switch (packet.packet()) {
            case BossBar(_, BossBar.Add bar) -> bar.title().words();
            case BossBar(_, BossBar.Title title) -> title.title().words();
            case null, default -> "";
        };
    }

    @Test
    void howeverManyComeAtOnceThereIsOneStartAndAllAreInTheWorld() throws IOException {
        List<WirePlayer> players = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                players.add(house.join(PROTOCOL, "crowded", "crowd" + i));
            }
            for (WirePlayer player : players) {
                player.awaitJoin();
            }
            assertThat(house.api().phase("crowded")).isEqualTo("STARTING");
            house.api().awaitPhase("crowded", "AWAKE", WAKE_LIMIT);
            Delays entries = WorldEntries.measure(house.api(), "crowded", players);

            for (WirePlayer player : players) {
                player.chatUntilHeard("hello from " + player.name());
            }
            assertThat(house.operations("crowded"))
                .singleElement()
                .satisfies(operation -> assertThat(operation.path("kind").asString()).isEqualTo("start"));
            assertThat(house.processes("crowded")).hasSize(1);
            assertThat(
                house.api().get("/api/servers/crowded/logs?tail=1000").expect(200).body().toString()
            ).containsOnlyOnce("READY port=");
            JsonNode server = house.api().server("crowded");
            assertThat(server.path("players").asInt()).isEqualTo(CROWD);
            assertThat(entries.longest()).isLessThan(CROWD_LIMIT);
        } finally {
            players.forEach(WirePlayer::close);
        }
    }
}
