package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Which lobby a player gets, and what becomes of those whose server in a network goes away. */
@Timeout(120)
class NetworksIT {

    private static final List<String> VERSIONS = List.of("1.8.8", "1.12.2", "1.16.5", "1.20.1", "1.20.4", "1.21.8");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration ABSENCE = Duration.ofSeconds(4);
    private static final List<String> REPLICAS = List.of("first", "second", "third");
    private static final int EACH = 12;

    private static final List<WirePlayer> PLAYERS = new ArrayList<>();
    private static final Map<String, WireServer> LOBBIES = new LinkedHashMap<>();
    private static Backends halls;
    private static Backends mine;
    private static NightporterProcess nightporter;

    @BeforeAll
    static void start() {
        Map<String, Map<String, Object>> listeners = new LinkedHashMap<>();
        for (String name : List.of("hall", "oldHall", "middleHall", "newHall")) {
            listeners.put(name, Map.of("furnished", true));
        }
        halls = Backends.start(listeners, VERSIONS);
        mine = startMine(0);
        for (String name : List.of("first", "second", "third", "early")) {
            LOBBIES.put(name, WireServer.start(256, null));
        }
        nightporter = NightporterProcess.start("networks", config());
    }

    private static String config() {
        var text = new StringBuilder("proxy: { listen: \"127.0.0.1:{PORT}\", onlineMode: false }\n");
        text.append("admin: { listen: \"127.0.0.1:{ADMIN}\" }\nfleet:\n  servers:\n");
        Map<String, Integer> ports = new LinkedHashMap<>();
        List.of("hall", "oldHall", "middleHall", "newHall").forEach(name -> ports.put(name, halls.port(name)));
        LOBBIES.forEach((name, server) -> ports.put(name, server.port()));
        ports.put("mine", mine.port("mine"));
        Map<String, String> versions = Map.of(
            "oldHall",
            "1.7.2..1.12.2",
            "middleHall",
            "1.13..1.20.1",
            "newHall",
            "1.20.2..",
            "early",
            "1.7.2..1.12.2"
        );
        ports.forEach((name, port) ->
            text.append(
                "    %s: { address: \"127.0.0.1:%d\", versions: \"%s\" }%n".formatted(
                    name,
                    port,
                    versions.getOrDefault(name, "1.7.2..")
                )
            )
        );
        text.append("  networks:\n");
        text.append("    mining: { hosts: [mining.test], lobby: hall, servers: [mine], fallback: wait }\n");
        text.append("    ages: { hosts: [ages.test], lobby: [middleHall, newHall, oldHall] }\n");
        return text.append("    many: { hosts: [many.test], lobby: [early, first, second, third] }\n").toString();
    }

    private static Backends startMine(int port) {
        return Backends.start(Map.of("mine", Map.of("furnished", true, "port", port)), VERSIONS);
    }

    @AfterEach
    void everybodyLeaves() {
        PLAYERS.forEach(WirePlayer::quit);
        PLAYERS.forEach(player -> awaitLine("player left player=" + player.name() + " "));
        PLAYERS.clear();
    }

    @AfterAll
    static void end() {
        nightporter.close();
        LOBBIES.values().forEach(WireServer::close);
        mine.close();
        halls.close();
    }

    private static String awaitLine(String part) {
        return nightporter.child().awaitLine(part, line -> line.contains(part), Duration.ofSeconds(20));
    }

    private static Walk walk(String version, String host, String... furnished) {
        String player = host.charAt(0) + "_" + version.replace('.', '_');
        return new Walk(version, "plain", host, nightporter.port(), player, List.of(furnished));
    }

    @Test
    void whereTheFallbackIsToWaitPlayersWaitForTheirServerAndNotInALobby() {
        List<Walk> walks = VERSIONS.stream()
            .map(version -> walk(version, "mining.test", "hall", "mine"))
            .map(walk -> walk.arrives("hall").says("/server mine").arrives("mine").arrives("mine"))
            .map(walk -> walk.says("here again").hears("echo: here again").step("quit"))
            .toList();
        try (Child walkers = Walk.begin("networks-wait", walks)) {
            for (String version : VERSIONS) {
                walkers.awaitEvent("step", step -> hasArrivedInTheMine(step, version), LIMIT);
            }
            mine.child().signal("KILL");
            NightporterProcess.pause(ABSENCE);
            assertThat(nightporter.admin("/metrics")).contains(
                "nightporter_players{attachment=\"waiting\",server=\"mine\"} %d.0".formatted(VERSIONS.size())
            );
            mine = startMine(mine.port("mine"));
            Walk.end(walkers, LIMIT);
        }
        List<JsonNode> arrivals = halls.child().events("joined");
        assertThat(arrivals.stream().filter(joined -> joined.path("listener").asString().equals("hall"))).hasSize(
            VERSIONS.size()
        );
    }

    private static boolean hasArrivedInTheMine(JsonNode step, String version) {
        return step.path("version").asString().equals(version) && step.path("step").asString().equals("arrive mine");
    }

    @Test
    void theVersionOfTheGameDecidesWhichLobbyAPlayerGets() {
        Map<String, String> halls = Map.of(
            "1.8.8",
            "oldHall",
            "1.12.2",
            "oldHall",
            "1.16.5",
            "middleHall",
            "1.20.1",
            "middleHall",
            "1.20.4",
            "newHall",
            "1.21.8",
            "newHall"
        );
        List<Walk> walks = VERSIONS.stream()
            .map(version ->
                walk(version, "ages.test", "oldHall", "middleHall", "newHall").arrives(
                    Objects.requireNonNull(halls.get(version))
                )
            )
            .map(walk -> walk.says("/lobby").says("still here").hears("echo: still here").step("quit"))
            .toList();
        Walk.make("networks-ages", walks, LIMIT);
    }

    @Test
    void theLobbyWithTheFewestPlayersIsChosenOfThoseThatTakeTheVersion() throws IOException {
        List<Integer> protocols = List.of(763, 765, 772, 775, 754, 767);
        for (int protocol : protocols) {
            join(protocol, "few" + protocol);
        }
        assertThat(playersOfReplicas()).containsOnlyKeys(REPLICAS).containsValues(2, 2, 2);
        WirePlayer leaver = PLAYERS.removeFirst();
        leaver.quit();
        awaitLine("player left player=" + leaver.name() + " ");
        join(774, "successor");
        assertThat(serverOf("successor")).isEqualTo(serverOf(leaver.name()));
        join(340, "old");
        assertThat(serverOf("old")).isEqualTo("early");
    }

    @Test
    void playersWhoComeAllAtOnceAreSpread() throws Exception {
        joinAtOnce("crowd");
        assertThat(playersOfReplicas()).containsOnlyKeys(REPLICAS).allSatisfy(NetworksIT::isAbout);
    }

    private static void isAbout(String lobby, int players) {
        assertThat(players)
            .as(lobby)
            .isBetween(EACH - 2, EACH + 2);
    }

    /** All of them stand on one event loop or another, and hear at the same moment that their lobby is gone. */
    @Test
    void thePlayersOfALobbyThatDiesAreSpreadOverTheOthers() throws Exception {
        joinAtOnce("herd");
        WireServer dying = Objects.requireNonNull(LOBBIES.get("first"));
        List<String> moved = PLAYERS.stream()
            .map(WirePlayer::name)
            .filter(name -> serverOf(name).equals("first"))
            .toList();
        dying.close();
        try {
            Map<String, Integer> after = new TreeMap<>();
            for (WirePlayer player : PLAYERS) {
                player.chatUntilHeard("I am somewhere, " + player.name());
                after.merge(serverOf(player.name()), 1, Integer::sum);
            }
            assertThat(moved).isNotEmpty();
            assertThat(after).containsOnlyKeys("second", "third");
            assertThat(after.get("second")).isBetween((3 * EACH) / 2 - 4, (3 * EACH) / 2 + 4);
        } finally {
            LOBBIES.put("first", WireServer.start(dying.port(), 256, null, false));
        }
    }

    private static void joinAtOnce(String name) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < REPLICAS.size() * EACH; i++) {
                String one = name + i;
                threads.submit(() -> {
                    join(767, one);
                    return null;
                });
            }
        }
        assertThat(PLAYERS).hasSize(REPLICAS.size() * EACH);
    }

    private static void join(int protocol, String name) throws IOException {
        var version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        WirePlayer player = WirePlayer.connect(nightporter.port(), version, "many.test", name);
        synchronized (PLAYERS) {
            PLAYERS.add(player);
        }
        player.awaitJoin();
        awaitLine("player joined player=" + name + " ");
    }

    private static Map<String, Integer> playersOfReplicas() {
        Map<String, Integer> players = new TreeMap<>();
        PLAYERS.forEach(player -> players.merge(serverOf(player.name()), 1, Integer::sum));
        return players;
    }

    /** Where it has come last. */
    private static String serverOf(String player) {
        String start = "player joined player=" + player + " server=";
        return nightporter
            .child()
            .lines()
            .stream()
            .filter(line -> line.contains(start))
            .map(line -> line.substring(line.indexOf(start) + start.length()).split(" ")[0])
            .reduce((_, last) -> last)
            .orElseThrow();
    }
}
