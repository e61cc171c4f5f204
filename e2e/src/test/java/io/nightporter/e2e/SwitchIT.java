package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Players go from server to server by themselves, and nothing of the one that they left stays with them. */
@Timeout(180)
class SwitchIT {

    private static final ProtocolVersions VERSIONS = ProtocolVersions.builtIn();
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final List<String> FURNISHED = List.of("alpha", "beta", "secret");
    private static final List<String> WITHOUT_TREE = List.of("1.8.8", "1.12.2");
    private static final List<String> WITH_CONFIGURATION = List.of(
        "1.20.2",
        "1.20.4",
        "1.21.1",
        "1.21.8",
        "1.21.11",
        "26.1"
    );
    private static final int WAYS = 50;
    private static final int LATE_LOBBY = Workplace.freePort();

    private static Backends backends;
    private static WireServer east;
    private static WireServer west;
    private static WireServer ruin;
    private static RunningWorld one;
    private static RunningWorld two;
    private static NightporterProcess nightporter;

    @BeforeAll
    static void start() {
        Map<String, Map<String, Object>> listeners = new LinkedHashMap<>();
        for (String name : FURNISHED) {
            listeners.put(name, Map.of("furnished", true));
        }
        listeners.put("closing", Map.of("misbehaviour", "close"));
        listeners.put("halfway", Map.of("leavesInConfiguration", true));
        listeners.put("banning", Map.of("refusal", "You are banned: griefing"));
        backends = Backends.start(listeners);
        east = WireServer.start(256, null);
        west = WireServer.start(256, null);
        ruin = WireServer.start(256, null);
        one = RunningWorld.start(GameVersion.World.V1_21_8);
        two = RunningWorld.start(GameVersion.World.V1_21_8);
        nightporter = NightporterProcess.start("switch", config(""));
    }

    @AfterAll
    static void end() {
        nightporter.close();
        one.close();
        two.close();
        east.close();
        west.close();
        ruin.close();
        backends.close();
    }

    private static String config(String more) {
        var text = new StringBuilder("proxy: { listen: \"127.0.0.1:{PORT}\", onlineMode: false }\n");
        text.append("admin: { listen: \"127.0.0.1:{ADMIN}\" }\nfleet:\n  servers:\n");
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String name : List.of("alpha", "beta", "closing", "halfway", "banning")) {
            ports.put(name, backends.port(name));
        }
        ports.put("down", Workplace.freePort());
        ports.put("one", one.port());
        ports.put("two", two.port());
        ports.put("east", east.port());
        ports.put("west", west.port());
        ports.put("ruin", ruin.port());
        ports.put("lateLobby", LATE_LOBBY);
        ports.forEach((name, port) -> text.append("    %s: { address: \"127.0.0.1:%d\" }%n".formatted(name, port)));
        text.append("    secret: { address: \"127.0.0.1:%d\", access: Somebody }%n".formatted(backends.port("secret")));
        text.append("  networks:\n    play: { hosts: [play.test], lobby: alpha, servers: [beta, secret, closing, ");
        text.append("halfway, banning, down, one, two").append(more).append("] }\n");
        text.append("    wire: { hosts: [wire.test], lobby: east, servers: [west] }\n");
        text.append("    halls: { hosts: [halls.test], lobby: [down, east], servers: [ruin] }\n");
        return text.append("    dark: { hosts: [dark.test], lobby: [down, lateLobby] }\n").toString();
    }

    private static Walk walk(String version, String client, String player) {
        return new Walk(version, client, "play.test", nightporter.port(), player, FURNISHED);
    }

    private static Walk everyCommand(String version, String client) {
        Walk walk = walk(version, client, client.charAt(0) + "_" + version.replace('.', '_')).arrives("alpha");
        if (WITHOUT_TREE.contains(version)) {
            walk.step("complete", "/server b", "banning", "beta").step("complete", "/server s");
        } else {
            walk.step("knows", "alpha", "server", "server alpha", "server beta", "lobby", "hub");
            walk.step("ignores", "server secret");
        }
        walk.says("/server").hears("alpha").hears("beta").step("doesNotHear", "secret", 0.3);
        walk.says("/server secret").hears("not allowed", "secret");
        walk.says("/server nowhere").hears("no server called nowhere");
        walk.says("/alpha some words").says("after the command").hears("echo: after the command");
        walk.says("/server beta").arrives("beta").says("/server beta").hears("beta");
        walk.says("hello").hears("echo: hello");
        walk.says("/lobby").arrives("alpha").says("/server beta").arrives("beta");
        walk.says("/hub").arrives("alpha").says("/hub").hears("alpha").says("there").hears("echo: there");
        List<String> failing = new ArrayList<>(List.of("closing", "down", "banning"));
        if (WITH_CONFIGURATION.contains(version)) {
            failing.add("halfway");
        }
        for (String target : failing) {
            walk.says("/server " + target).hears("could not be taken to " + target);
            walk.says("not at " + target).hears("echo: not at " + target);
        }
        return walk.step("quit");
    }

    @Test
    void commandsOfEveryVersionLeadFromServerToServer() {
        List<Walk> walks = new ArrayList<>();
        for (String version : List.of("1.8.8", "1.12.2", "1.16.5", "1.19.2", "1.19.4", "1.20.1")) {
            walks.add(everyCommand(version, "plain"));
        }
        WITH_CONFIGURATION.forEach(version -> walks.add(everyCommand(version, "plain")));
        for (String version : List.of("1.8.8", "1.16.5", "1.20.4", "1.21.8")) {
            walks.add(everyCommand(version, "mineflayer"));
        }
        Walk.make("switch-commands", walks, LIMIT);
        for (JsonNode chat : backends.child().events("command")) {
            assertThat(chat.path("command").asString()).isEqualTo("alpha some words");
        }
        assertThat(backends.child().events("command")).hasSizeGreaterThan(8);
    }

    @Test
    void betweenEqualServersTheClientStaysInTheGame() {
        Walk walk = walk("1.21.8", "plain", "Commuter").arrives("alpha").says("/server one").hears("Welcome");
        JsonNode wandered = wander(walk.step("wander", WAYS, "two", "one").step("quit"), "equal");
        assertThat(wandered.path("startConfigurations").asInt()).isZero();
    }

    @Test
    void betweenServersWithOtherRegistriesNothingIsLeftOfTheOneBefore() {
        Walk walk = walk("1.21.8", "plain", "Stranger").arrives("alpha");
        JsonNode wandered = wander(walk.step("wander", WAYS, "one", "alpha").step("quit"), "different");
        assertThat(wandered.path("startConfigurations").asInt()).isEqualTo(WAYS);
    }

    private static JsonNode wander(Walk walk, String which) {
        List<JsonNode> steps = Walk.make("switch-" + which, List.of(walk), LIMIT);
        JsonNode wandered = steps
            .stream()
            .filter(step -> step.path("step").asString().startsWith("wander"))
            .findFirst()
            .orElseThrow()
            .path("detail");
        double[] millis = StreamSupport.stream(wandered.path("millis").spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .sorted()
            .toArray();
        assertThat(millis).hasSize(WAYS);
        System.out.printf(
            "%d switches between %s servers: p50 %.0f ms, p99 %.0f ms%n",
            WAYS,
            which,
            millis[WAYS / 2],
            millis[(WAYS * 99) / 100]
        );
        return wandered;
    }

    /** Versions that only the project's own codec speaks, and some between for comparison. */
    @ParameterizedTest
    @ValueSource(ints = { 767, 775, 776, 777 })
    void aClientOfTheNewestVersionsIsTakenToAnotherServer(int protocol) throws IOException {
        ProtocolVersion version = Objects.requireNonNull(VERSIONS.find(protocol));
        String name = "Wire" + protocol;
        try (var player = WirePlayer.connect(nightporter.port(), version, "wire.test", name)) {
            player.awaitJoin();
            player.chat("in the east");
            Visit first = east.awaitVisit(name);
            player.link().send(State.PLAY, Lines.command(protocol, "server west"));
            Visit second = west.awaitVisit(name);
            first.awaitEnd();
            Lines.awaitWorlds(player, 2);
            player.chat("in the west");
            ClientSettings settings = second.await(ClientSettings.class, _ -> true);
            assertThat(settings.locale()).isEqualTo("en_us");
            player.link().send(State.PLAY, Lines.command(protocol, "server west"));
            player.await(SystemChat.class, line -> line.content().json().contains("west"));
            assertThat(player.isConnected()).isTrue();
        }
    }

    @Test
    void aServerHearsWhatTheClientSaidOfItselfToTheOneBefore() {
        List<Walk> walks = Stream.of("1.12.2", "1.19.4", "1.20.4", "1.21.8")
            .map(version ->
                walk(version, "plain", "Self" + version.replace('.', '_'))
                    .arrives("alpha")
                    .step("introduce", "de_at", "some:channel")
                    .says("/server beta")
                    .arrives("beta")
                    .step("waits", 0.5)
                    .step("quit")
            )
            .toList();
        Walk.make("switch-introductions", walks, LIMIT);
        for (String version : List.of("1.12.2", "1.19.4", "1.20.4", "1.21.8")) {
            String player = "Self" + version.replace('.', '_');
            backends.await(
                "settings",
                "beta",
                said ->
                    said.path("player").asString("").equals(player) && said.path("locale").asString("").equals("de_at")
            );
            JsonNode channels = backends.await("channels", "beta", player);
            assertThat(channels.path("channels").toString()).contains("some:channel");
            assertThat(backends.await("brand", "beta", player).path("brand").asString()).contains("walker");
        }
    }

    @Test
    void aServerThatIsAddedToTheNetworkCanBeReachedAtOnce() {
        Walk walk = walk("1.21.8", "plain", "Early").arrives("alpha").says("/server late").hears("late");
        walk.step("waits", 6).says("/server late").arrives("beta").step("quit");
        try (Child walkers = Walk.begin("switch-reload", List.of(walk))) {
            walkers.awaitEvent("step", step -> step.path("step").asString().equals("hear late"), LIMIT);
            String late = "    late: { address: \"127.0.0.1:%d\" }\n  networks:".formatted(backends.port("beta"));
            nightporter.rewrite(config(", late").replace("  networks:", late));
            Walk.end(walkers, LIMIT);
        } finally {
            nightporter.rewrite(config(""));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 340, 763, 767, 775, 777 })
    void whoseServerGoesAwayLandsInALobbyThatIsThere(int protocol) throws IOException {
        ProtocolVersion version = Objects.requireNonNull(VERSIONS.find(protocol));
        String name = "Fallen" + protocol;
        try (var player = WirePlayer.connect(nightporter.port(), version, "halls.test", name)) {
            // The first lobby refuses, and the player does not wait for it.
            player.awaitJoin();
            Visit first = east.awaitVisit(name);
            player.chat("in the hall");
            player.link().send(State.PLAY, Lines.command(protocol, "server ruin"));
            Visit there = ruin.awaitVisit(name);
            first.awaitEnd();
            Lines.awaitWorlds(player, 2);
            player.chat("in the ruin");
            there.close();
            player.awaitReceived("a word of where they are", packet -> Lines.says(packet, "ruin is away"));
            player.chat("back in the hall");
            assertThat(player.isConnected()).isTrue();
        }
        assertThat(nightporter.admin("/metrics")).contains("nightporter_fallbacks_total{server=\"ruin\"}");
    }

    @Test
    void whoWaitsForALobbyIsTakenToTheOneThatIsThereFirst() {
        List<Walk> walks = Stream.of("1.12.2", "1.20.1", "1.20.4", "1.21.8")
            .map(version -> "Late" + version.replace('.', '_'))
            .map(player -> {
                String version = player.substring(4).replace('_', '.');
                return new Walk(version, "plain", "dark.test", nightporter.port(), player, List.of());
            })
            .map(walk -> walk.arrives("lateLobby").says("at last").hears("echo: at last").step("quit"))
            .toList();
        try (Child walkers = Walk.begin("switch-late-lobby", walks)) {
            NightporterProcess.pause(Duration.ofSeconds(3));
            try (var _ = Backends.start(Map.of("lateLobby", Map.of("furnished", true, "port", LATE_LOBBY)))) {
                Walk.end(walkers, LIMIT);
            }
        }
    }
}
