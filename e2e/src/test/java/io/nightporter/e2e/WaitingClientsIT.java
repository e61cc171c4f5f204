package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Other people's clients of all versions that there are libraries for, in the waiting room. They read every packet to
 * its last byte, and leave when they cannot.
 */
class WaitingClientsIT {

    private static final List<GameVersion> VERSIONS = GameVersion.ALL.stream().filter(Workplace::wanted).toList();
    private static final int PROCESSES = 2;
    /** The clients and their stand-in server share the processors of the machine, and take their time. */
    private static final Duration ENTRANCE = Duration.ofSeconds(2);
    private static final Duration RETURN = Duration.ofSeconds(20);
    /** Four times as long as the clients stand silence; nightly much longer. */
    private static final Duration STAY = Duration.ofSeconds(Integer.getInteger("e2e.waitSeconds", 120));
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private static final List<Child> CLIENTS = new ArrayList<>();
    private static final Delays ENTRANCES = new Delays(
        "mineflayer and node-minecraft-protocol: connection to waiting room"
    );
    private static final Delays RETURNS = new Delays(
        "mineflayer and node-minecraft-protocol: server listens to its world"
    );

    @BeforeAll
    static void playAll() {
        Workplace.node();
        int later = Workplace.freePort();
        String config = ProxyConfig.with("onlineMode: false").server("later", later).yaml();
        try (var proxy = NightporterProcess.start("waiting-clients", config)) {
            for (int i = 0; i < PROCESSES; i++) {
                int mine = i;
                List<Map<String, Object>> clients = IntStream.range(0, VERSIONS.size())
                    .filter(n -> n % PROCESSES == mine)
                    .mapToObj(n -> client(VERSIONS.get(n), proxy.port()))
                    .toList();
                Map<String, Object> settings = Map.of("clients", clients, "staySeconds", STAY.toSeconds());
                CLIENTS.add(Child.node("waiting-clients-" + i, "waiting.mjs", settings));
            }
            for (GameVersion version : VERSIONS) {
                childOf(version).awaitEvent("waiting", about(version), LONGEST_START);
            }
            NightporterProcess.pause(STAY);
            try (var server = Backends.start(Map.of("later", Map.of("port", later)), names())) {
                long ready = System.currentTimeMillis();
                for (Child child : CLIENTS) {
                    child.awaitEnd(LONGEST_START);
                }
                assertThat(server.port("later")).isEqualTo(later);
                measure(ready);
            }
        }
    }

    private static Map<String, Object> client(GameVersion version, int port) {
        return Map.of(
            "version",
            version.name(),
            "client",
            version.hasMineflayer() ? "mineflayer" : "plain",
            "host",
            "later.test",
            "port",
            port,
            "player",
            "wait_" + version.slug()
        );
    }

    private static List<String> names() {
        return VERSIONS.stream().map(GameVersion::name).toList();
    }

    private static Child childOf(GameVersion version) {
        return CLIENTS.get(VERSIONS.indexOf(version) % PROCESSES);
    }

    private static Predicate<JsonNode> about(GameVersion version) {
        return event -> event.path("version").asString("").equals(version.name());
    }

    private static List<JsonNode> checks(GameVersion version) {
        return childOf(version).events("check").stream().filter(about(version)).toList();
    }

    private static void measure(long ready) {
        for (GameVersion version : VERSIONS) {
            for (JsonNode check : checks(version)) {
                if (check.path("ok").asBoolean()) {
                    switch (check.path("check").asString("")) {
                        case "waiting room" -> ENTRANCES.add(
                            version.name(),
                            Duration.ofMillis(check.path("detail").asLong())
                        );
                        case "server" -> RETURNS.add(
                            version.name(),
                            Duration.ofMillis(check.path("detail").asLong() - ready)
                        );
                        default -> {
                        }
                    }
                }
            }
        }
    }

    @AfterAll
    static void end() {
        ENTRANCES.publish();
        RETURNS.publish();
        CLIENTS.forEach(Child::close);
    }

    @TestFactory
    Stream<DynamicTest> everyVersionWaitsAndPlays() {
        return VERSIONS.stream().map(version ->
            DynamicTest.dynamicTest(version.name(), () -> {
                List<JsonNode> checks = checks(version);
                assertThat(checks)
                    .isNotEmpty()
                    .allMatch(check -> check.path("ok").asBoolean());
                assertThat(checks.getLast().path("check").asString("")).isEqualTo("quit");
            })
        );
    }

    @Test
    void everybodyIsInTheWaitingRoomAtOnce() {
        assertThat(ENTRANCES.longest()).isLessThan(ENTRANCE);
    }

    @Test
    void everybodyIsOnTheServerSoon() {
        assertThat(RETURNS.longest()).isLessThan(RETURN);
    }
}
