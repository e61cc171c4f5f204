package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Servers fall asleep when nobody plays, and what players and server lists see of that. */
@Timeout(180)
class FleetSleepIT {

    private static final int PROTOCOL = 775;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(3);
    /** Much longer than that, much shorter than a minute. */
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgo=";
    /** Some of the values are of another kind than clients and servers expect. */
    private static final String STATUS = """
    {"version":{"name":"Homemade 7","protocol":775},"description":["odd ",{"text":"server","bold":"very"}],\
    "players":{"max":77,"online":0,"sample":"nobody"},"favicon":"%s","modinfo":[[]]}""".formatted(PICTURE);

    private static FleetHouse house;

    @BeforeAll
    static void open() {
        var version = GameVersion.World.V26_1;
        Map<String, Object> soon = Map.of("idleAfter", IDLE.toSeconds() + "s");
        house = FleetHouse.plan("fleet-sleep")
            .world("idle", version, soon)
            .world("pinned", version, soon)
            .world("odd", version, Map.of(), "--start-delay", "2s", "--status", STATUS)
            .world("lobby", version, Map.of())
            .world("far", version, Map.of(), "--start-delay", "4s")
            .network("net", "lobby", "far")
            .open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void anIdleServerSleepsAfterItsTimeAndOneThatIsPlayedOnDoesNot() throws IOException {
        try (WirePlayer player = house.join(PROTOCOL, "idle", "Player")) {
            house.api().awaitPhase("idle", "AWAKE", LIMIT);
            player.chatUntilHeard("here I am");
            // Longer than it would take to fall asleep, and to notice that.
            NightporterProcess.pause(IDLE.multipliedBy(3));
            player.chat("still here");
            assertThat(house.changes("idle")).containsExactly("ASLEEP>STARTING", "STARTING>AWAKE");
            assertThat(house.api().server("idle").path("idleSince").isNull()).isTrue();
        }
        house.api().awaitPhase("idle", "ASLEEP", SOON);
        assertThat(house.processes("idle")).isEmpty();
        JsonNode stop = house.operations("idle").getFirst();
        assertThat(stop.path("kind").asString()).isEqualTo("stop");
        assertThat(stop.path("cause").path("kind").asString()).isEqualTo("idle");
        assertThat(stop.path("state").asString()).isEqualTo("done");
    }

    @Test
    void aPinKeepsAServerAwakeUntilItIsTakenAway() {
        house.api().order("pinned", "pin");
        house.api().awaitPhase("pinned", "AWAKE", LIMIT);
        assertThat(house.api().server("pinned").path("pinnedBy").asString()).isNotEmpty();
        NightporterProcess.pause(IDLE.multipliedBy(3));
        assertThat(house.changes("pinned")).containsExactly("ASLEEP>STARTING", "STARTING>AWAKE");
        house.api().order("pinned", "unpin");
        house.api().awaitPhase("pinned", "ASLEEP", SOON);
    }

    @Test
    void theServerListTellsHowAServerIsAndKeepsWhatItSaidLast() throws IOException {
        assertThat(house.listed(PROTOCOL, "odd")).contains("sleeping – join to wake it");
        try (WirePlayer player = house.join(PROTOCOL, "odd", "Curious")) {
            player.awaitJoin();
            assertThat(house.listed(PROTOCOL, "odd")).contains("starting – join to wait for it");
            house.api().awaitPhase("odd", "AWAKE", LIMIT);
            player.chatUntilHeard("here I am");
            awaitListed("odd", "odd server");
            shown("odd", "Homemade 7", 77);

            // While somebody plays there is a warning, and ten seconds.
            house.api().order("odd", "stop");
            awaitListed("odd", "going to sleep – join to wake it");
            shown("odd", "Homemade 7", 77);
            house.api().awaitPhase("odd", "ASLEEP", LIMIT);
            theyWaitWhoWereOnAServerThatIsStopped(player);
        }
    }

    private static void theyWaitWhoWereOnAServerThatIsStopped(WirePlayer player) throws IOException {
        NightporterProcess.pause(Duration.ofSeconds(8));
        assertThat(player.isConnected()).isTrue();
        assertThat(house.api().phase("odd"))
            .as("stopped by order, and nobody has asked for it since")
            .isEqualTo("ASLEEP");
        assertThat(house.listed(PROTOCOL, "odd")).contains("sleeping – join to wake it");
        shown("odd", "Homemade 7", 77);
        // Somebody else does.
        try (WirePlayer other = house.join(PROTOCOL, "odd", "Newcomer")) {
            house.api().awaitPhase("odd", "AWAKE", LIMIT);
            other.chatUntilHeard("I woke it");
            player.chatUntilHeard("and I am back");
        }
    }

    private static void awaitListed(String server, String words) throws IOException {
        long until = System.nanoTime() + LIMIT.toNanos();
        String listed = "";
        while (!listed.contains(words)) {
            assertThat(System.nanoTime())
                .as("still listed as " + listed)
                .isLessThan(until);
            listed = house.listed(PROTOCOL, server);
            NightporterProcess.pause(Duration.ofMillis(100));
        }
    }

    private static void shown(String server, String version, int places) throws IOException {
        JsonNode status = house.status(PROTOCOL, server);
        assertThat(status.path("version").path("name").asString()).isEqualTo(version);
        assertThat(status.path("players").path("max").asInt()).isEqualTo(places);
        assertThat(status.path("favicon").asString()).isEqualTo(PICTURE);
    }

    @Test
    void whoGoesToASleepingServerPlaysOnInTheLobbyUntilItIsThere() throws IOException {
        try (WirePlayer player = house.join(PROTOCOL, "net", "Traveller")) {
            house.api().awaitPhase("lobby", "AWAKE", LIMIT);
            player.chatUntilHeard("in the lobby");
            assertThat(house.api().phase("far")).isEqualTo("ASLEEP");

            player.link().send(State.PLAY, ChatCommand.unsigned("server far", System.currentTimeMillis()));
            player.awaitReceived("word of it", packet -> says(packet, "far is being woken. You will be taken there"));
            player.chat("still in the lobby");
            assertThat(house.api().phase("far")).isEqualTo("STARTING");
            isOn("Traveller", "lobby");

            house.api().awaitPhase("far", "AWAKE", LIMIT);
            house.api().await("/api/players", players -> on(players, "Traveller").equals("far"), LIMIT);
            player.chatUntilHeard("here at last");
            isOn("Traveller", "far");
        }
    }

    private static boolean says(Received packet, String words) {
        return packet.packet() instanceof SystemChat chat && chat.content().words().contains(words);
    }

    private static void isOn(String player, String server) {
        assertThat(on(house.api().get("/api/players").expect(200).body(), player)).isEqualTo(server);
    }

    /** "" for one who is on no server. */
    private static String on(JsonNode players, String name) {
        return players
            .path("players")
            .valueStream()
            .filter(player -> player.path("name").asString("").equals(name))
            .filter(player -> player.path("attachment").asString("").equals("backend"))
            .map(player -> player.path("server").asString(""))
            .findFirst()
            .orElse("");
    }
}
