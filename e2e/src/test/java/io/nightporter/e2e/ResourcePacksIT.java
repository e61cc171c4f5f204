package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.ResourcePackPop;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.ResourcePackStatus;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resource packs when players go from server to server: nothing is loaded twice, and nothing is kept for nothing. */
@Timeout(120)
class ResourcePacksIT {

    private static final List<Integer> WITH_NAMED_PACKS = List.of(765, 766, 767, 772, 776, 777);
    private static final ResourcePackPush FOREST = pack("forest");
    private static final ResourcePackPush OTHER_FOREST = new ResourcePackPush(
        FOREST.pack(),
        FOREST.url(),
        hash("another forest"),
        false,
        Optional.empty()
    );
    private static final ResourcePackPush DESERT = pack("desert");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Map<String, WireServer> SERVERS = new LinkedHashMap<>();
    private static Backends backends;
    private static NightporterProcess nightporter;

    private static ResourcePackPush pack(String name) {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new ResourcePackPush(id, "http://127.0.0.1:9/" + name + ".zip", hash(name), false, Optional.empty());
    }

    /** Forty hexadecimal digits. */
    private static String hash(String name) {
        return "%040x".formatted(name.hashCode() & 0x7FFF_FFFF);
    }

    @BeforeAll
    static void start() {
        for (String name : List.of("wood", "grove", "park", "dunes", "plain")) {
            SERVERS.put(name, WireServer.start(256, null));
        }
        server("wood").offer(false, FOREST);
        server("grove").offer(true, FOREST);
        server("park").offer(false, OTHER_FOREST);
        server("dunes").offer(false, FOREST, DESERT);
        // Whether clients have to leave the game for a server or not is all the same.
        server("dunes").differ("test:dunes");
        backends = Backends.start(
            Map.of(
                "painted",
                Map.of("furnished", true, "pack", options(FOREST)),
                "alike",
                Map.of("furnished", true, "pack", options(FOREST)),
                "bare",
                Map.of("furnished", true)
            )
        );
        var text = new StringBuilder("proxy: { listen: \"127.0.0.1:{PORT}\", onlineMode: false }\n");
        text.append("admin: { listen: \"127.0.0.1:{ADMIN}\" }\nfleet:\n  servers:\n");
        SERVERS.forEach((name, server) ->
            text.append("    %s: { address: \"127.0.0.1:%d\" }%n".formatted(name, server.port()))
        );
        for (String name : List.of("painted", "alike", "bare")) {
            text.append("    %s: { address: \"127.0.0.1:%d\" }%n".formatted(name, backends.port(name)));
        }
        text.append("  networks:\n");
        text.append("    wire: { hosts: [wire.test], lobby: wood, servers: [grove, park, dunes, plain], ");
        text.append("fallback: wait }\n    node: { hosts: [node.test], lobby: painted, servers: [alike, bare] }\n");
        nightporter = NightporterProcess.start("packs", text.toString());
    }

    private static Map<String, Object> options(ResourcePackPush pack) {
        return Map.of("url", pack.url(), "hash", pack.hash(), "uuid", pack.pack().toString());
    }

    private static WireServer server(String name) {
        return Objects.requireNonNull(SERVERS.get(name));
    }

    @AfterAll
    static void end() {
        nightporter.close();
        backends.close();
        SERVERS.values().forEach(WireServer::close);
    }

    private static WirePlayer join(int protocol, String name) throws IOException {
        var version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        WirePlayer player = WirePlayer.connect(nightporter.port(), version, "wire.test", name);
        player.awaitJoin();
        player.chat("in the wood");
        return player;
    }

    private static Visit go(WirePlayer player, String name, String target, int world) throws IOException {
        Lines.command(player, "server " + target);
        Visit visit = server(target).awaitVisit(name);
        Lines.awaitWorlds(player, world);
        player.chat("now in world " + world);
        return visit;
    }

    /** How often the client was asked to load this pack. */
    private static long offers(WirePlayer player, ResourcePackPush pack) {
        return player
            .received()
            .stream()
            .filter(packet -> pack.equals(packet.packet()))
            .count();
    }

    private static void awaitLoaded(Visit visit, ResourcePackPush pack) {
        visit.await(
            ResourcePackStatus.class,
            status -> status.pack().equals(pack.pack()) && status.result() == ResourcePackStatus.LOADED
        );
    }

    private static List<UUID> taken(WirePlayer player) {
        return player
            .received()
            .stream()
            .filter(packet -> packet.packet() instanceof ResourcePackPop)
            .map(packet -> ((ResourcePackPop) Objects.requireNonNull(packet.packet())).pack().orElseThrow())
            .toList();
    }

    @Test
    void whatTheNextServerUsesTooIsKeptAndWhatItDoesNotUseIsTakenAway() throws IOException {
        Map<Integer, WirePlayer> players = new LinkedHashMap<>();
        try {
            for (int protocol : WITH_NAMED_PACKS) {
                String name = "Pack" + protocol;
                WirePlayer player = join(protocol, name);
                players.put(protocol, player);
                awaitLoaded(go(player, name, "grove", 2), FOREST);
                awaitLoaded(go(player, name, "dunes", 3), FOREST);
                awaitLoaded(server("dunes").awaitVisit(name), DESERT);
                assertThat(offers(player, FOREST)).as("offers of the first pack to %s", name).isEqualTo(1);
                assertThat(offers(player, DESERT)).as("offers of the second pack to %s", name).isEqualTo(1);
            }
            for (var one : players.entrySet()) {
                go(one.getValue(), "Pack" + one.getKey(), "grove", 4);
            }
            for (var one : players.entrySet()) {
                WirePlayer player = one.getValue();
                String name = "Pack" + one.getKey();
                player.await(ResourcePackPop.class, _ -> true);
                assertThat(taken(player)).as("taken from %s", name).containsExactly(DESERT.pack());
                awaitLoaded(go(player, name, "dunes", 5), DESERT);
                assertThat(offers(player, FOREST)).isEqualTo(1);
                assertThat(offers(player, DESERT)).isEqualTo(2);
                go(player, name, "park", 6);
                assertThat(offers(player, OTHER_FOREST)).as("offers of a changed pack to %s", name).isEqualTo(1);
                go(player, name, "plain", 7);
            }
            for (WirePlayer player : players.values()) {
                player.awaitReceived("both packs to be taken", _ -> taken(player).size() >= 3);
                assertThat(taken(player).subList(1, 3)).containsExactlyInAnyOrder(FOREST.pack(), DESERT.pack());
                assertThat(player.isConnected()).isTrue();
            }
        } finally {
            players.values().forEach(WirePlayer::close);
        }
    }

    @Test
    void whoWaitsKeepsThePacksAndDoesNotLoadThemAgain() throws IOException {
        List<WirePlayer> players = new ArrayList<>();
        try {
            for (int protocol : WITH_NAMED_PACKS) {
                players.add(join(protocol, "Stay" + protocol));
            }
            int port = server("wood").port();
            server("wood").close();
            // Longer than a server has for its offers.
            NightporterProcess.pause(Duration.ofSeconds(6));
            SERVERS.put("wood", WireServer.start(port, 256, null, false));
            server("wood").offer(false, FOREST);
            for (WirePlayer player : players) {
                Lines.awaitWorlds(player, 2);
                player.chatUntilHeard("in the wood again");
            }
            NightporterProcess.pause(Duration.ofSeconds(6));
            for (WirePlayer player : players) {
                assertThat(offers(player, FOREST)).isEqualTo(1);
                assertThat(taken(player)).isEmpty();
            }
        } finally {
            players.forEach(WirePlayer::close);
        }
    }

    /** Packs have no names yet, and the client has one at a time. */
    @ParameterizedTest
    @ValueSource(ints = { 340, 763, 764 })
    void olderClientsAreOfferedThePackOfEachServer(int protocol) throws IOException {
        String name = "Old" + protocol;
        try (WirePlayer player = join(protocol, name)) {
            go(player, name, "dunes", 2).await(
                ResourcePackStatus.class,
                status -> status.result() == ResourcePackStatus.LOADED
            );
            player.awaitReceived("three offers", _ -> player.count(ResourcePackPush.class) == 3);
        }
    }

    @Test
    void realClientsLoadAPackOnceAndDropItInTheEnd() {
        List<Walk> walks = Stream.of("1.20.4", "1.21.1", "1.21.8")
            .map(version -> {
                String player = "Real" + version.replace('.', '_');
                var servers = List.of("painted", "alike", "bare");
                return new Walk(version, "plain", "node.test", nightporter.port(), player, servers);
            })
            .map(walk ->
                walk
                    .arrives("painted")
                    .step("wears", FOREST.hash())
                    .says("/server alike")
                    .arrives("alike")
                    .step("waits", 6.5)
                    .step("wears", FOREST.hash())
                    .step("wasOffered", 1)
                    .says("/server bare")
                    .arrives("bare")
                    .step("wears")
                    .says("/server painted")
                    .arrives("painted")
                    .step("wears", FOREST.hash())
                    .step("wasOffered", 2)
                    .step("quit")
            )
            .toList();
        Walk.make("packs", walks, LIMIT);
        for (String player : List.of("Real1_20_4", "Real1_21_1", "Real1_21_8")) {
            backends.await(
                "packAnswer",
                "alike",
                answer -> answer.path("player").asString("").equals(player) && answer.path("result").asInt() == 0
            );
        }
    }
}
