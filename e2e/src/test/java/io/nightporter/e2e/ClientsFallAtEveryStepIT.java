package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Fault;
import io.nightporter.e2e.wire.Fault.Manner;
import io.nightporter.e2e.wire.Fault.Step;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Other people's clients whose server fails at a step of login, configuration or the beginning of the game: they wait
 * like our own in {@link FallsAtEveryStepIT}, and are in the game as soon as the server behaves.
 */
@Timeout(180)
class ClientsFallAtEveryStepIT {

    private static final List<String> VERSIONS = List.of(
        "1.7",
        "1.8.8",
        "1.12.2",
        "1.16.5",
        "1.19.4",
        "1.20.1",
        "1.20.4",
        "1.21.8",
        "26.1"
    );
    private static final List<Manner> MANNERS = List.of(Manner.CLOSE, Manner.RESET, Manner.SILENCE);
    private static final int PROCESSES = 2;
    private static final int AT_A_TIME = 75;

    private static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();
    /** By the player's name. */
    private static final Map<String, Case> CASES = new LinkedHashMap<>();
    private static final Map<String, JsonNode> FATES = new LinkedHashMap<>();

    /** What one player has to go through. */
    private record Case(String version, Step at, Manner how) {}

    @BeforeAll
    static void fallAll() {
        Workplace.node();
        List<Guests.Guest> guests = new ArrayList<>();
        for (GameVersion version : GameVersion.ALL) {
            if (VERSIONS.contains(version.name()) && Workplace.wanted(version)) {
                guests.addAll(guests(version));
            }
        }
        try (WireServer server = WireServer.start(256, null)) {
            server.hideChunks();
            // Each fault happens once.
            server.fail(handshake ->
                handshake.intent() == Handshake.STATUS ? null : FAULTS.remove(handshake.address().split("\\.")[0])
            );
            String config = """
            proxy: { listen: "127.0.0.1:{PORT}", onlineMode: false, timeouts: { read: 10s } }
            waitingRoom: { stallAfter: 3s }
            admin: { listen: "127.0.0.1:{ADMIN}" }
            fleet: { servers: { falls: { hosts: ["*.falls.test"], address: "127.0.0.1:%d" } } }
            """.formatted(server.port());
            try (
                var nightporter = NightporterProcess.start("clients-fall", config);
                Guests all = Guests.invite("clients-fall", nightporter.port(), guests, PROCESSES, AT_A_TIME)
            ) {
                all.fates().forEach(fate -> FATES.put(fate.path("player").asString(), fate));
                assertThat(Vitals.faults(nightporter.child().lines())).isEmpty();
            }
        }
    }

    private static List<Guests.Guest> guests(GameVersion version) {
        List<Guests.Guest> guests = new ArrayList<>();
        for (Step at : Step.values()) {
            for (Manner how : MANNERS) {
                if (at.existsIn(version.protocol())) {
                    // Each player has a host name, so that the server knows its case before the login.
                    String player = "g%d_%d".formatted(version.protocol(), guests.size());
                    CASES.put(player, new Case(version.name(), at, how));
                    FAULTS.put(player, new Fault(at, how, Text.plain("")));
                    guests.add(new Guests.Guest(version.name(), player + ".falls.test", player));
                }
            }
        }
        return guests;
    }

    @AfterAll
    static void forget() {
        CASES.clear();
        FATES.clear();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void whereverAServerFailsItsPlayerWaitsAndIsLetInAgain(Step at) {
        List<String> failures = new ArrayList<>();
        int count = 0;
        for (Map.Entry<String, Case> each : CASES.entrySet()) {
            if (each.getValue().at() == at) {
                count++;
                JsonNode fate = FATES.get(each.getKey());
                if (fate == null || !fate.path("event").asString().equals("heard")) {
                    failures.add(each.getValue() + ": " + fate);
                } else if (!sawWhatItShould(each.getValue(), fate)) {
                    failures.add(each.getValue() + " saw something else: " + fate);
                }
                assertThat(FAULTS).as("faults that have not happened").doesNotContainKey(each.getKey());
            }
        }
        assertThat(count).isPositive();
        assertThat(failures).as("failures of %d", count).isEmpty();
    }

    /** Who has seen a world keeps it; the others are shown a void one. */
    private static boolean sawWhatItShould(Case one, JsonNode fate) {
        boolean hadWorld = one.at().showsWorld() && fate.path("servers").asInt() > 1;
        int voids = fate.path("voids").asInt();
        return hadWorld ? voids == 0 : voids > 0;
    }
}
