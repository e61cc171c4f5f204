package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.Compatibility.Cell;
import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.e2e.wire.WireStatus;
import io.nightporter.e2e.wire.WireWorld;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.TeleportConfirm;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Every protocol in the tables, in every mode of the proxy, with a client and a server on our own codec. */
class EveryProtocolIT {

    private static final List<ProtocolVersion> VERSIONS = ProtocolVersions.builtIn().all();
    private static final String PLAIN = "plain";
    private static final String BARE = "bare";
    private static final String SMALL = "small";
    private static final String LEGACY = "legacy";
    private static final String BUNGEEGUARD = "bungeeguard";
    private static final String MODERN = "modern";

    private static final Map<String, WireServer> SERVERS = new ConcurrentHashMap<>();
    private static final Map<Integer, Future<?>> STAYS = new ConcurrentHashMap<>();
    private static NightporterProcess offline;
    private static NightporterProcess uncompressed;
    private static NightporterProcess online;
    private static SessionServer sessionServer;
    private static RunningWorld newestWorld;

    @BeforeAll
    static void start() {
        sessionServer = SessionServer.start();
        newestWorld = RunningWorld.start(GameVersion.World.V26_2, "--velocity-secret-file", Secret.file().toString());
        // The servers say the opposite of the truth about the players' authentication.
        SERVERS.put(PLAIN, WireServer.start(256, null, true));
        SERVERS.put(BARE, WireServer.start(-1, null, true));
        SERVERS.put(SMALL, WireServer.start(64, null, true));
        SERVERS.put(LEGACY, WireServer.start(256, null, false));
        SERVERS.put(BUNGEEGUARD, WireServer.start(256, null, false));
        SERVERS.put(MODERN, WireServer.start(256, Secret.VALUE, false));
        offline = NightporterProcess.start("every-offline", config("onlineMode: false"));
        uncompressed = NightporterProcess.start(
            "every-uncompressed",
            config("onlineMode: false", "compressionThreshold: -1")
        );
        online = NightporterProcess.start(
            "every-online",
            config("onlineMode: true", "sessionServer: " + sessionServer.address())
        );
        stayInEveryVersion();
    }

    private static String config(String... settings) {
        ProxyConfig config = ProxyConfig.with(settings);
        for (String name : List.of(PLAIN, BARE, SMALL)) {
            config = config.server(name, server(name).port());
        }
        config = config.server(LEGACY, server(LEGACY).port(), "forwarding: { mode: legacy }");
        for (String mode : List.of(BUNGEEGUARD, MODERN)) {
            String forwarding = "forwarding: { mode: %s, secretFile: %s }".formatted(mode, Secret.file());
            config = config.server(mode, server(mode).port(), forwarding);
        }
        String modern = "forwarding: { mode: modern, secretFile: %s }".formatted(Secret.file());
        return config.server("world", newestWorld.port(), modern).yaml();
    }

    @AfterAll
    static void end() {
        offline.close();
        uncompressed.close();
        online.close();
        SERVERS.values().forEach(WireServer::close);
        newestWorld.close();
        sessionServer.close();
        Compatibility.publish();
    }

    private static WireServer server(String name) {
        return Objects.requireNonNull(SERVERS.get(name));
    }

    /** The long stays of all versions go on side by side while the other tests run. */
    private static void stayInEveryVersion() {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        for (ProtocolVersion version : VERSIONS) {
            STAYS.put(version.number(), threads.submit(() -> stay(version)));
        }
        threads.shutdown();
    }

    private static @Nullable Void stay(ProtocolVersion version) throws IOException {
        String name = "stay" + version.number();
        try (WirePlayer player = WirePlayer.connect(offline.port(), version, "plain.test", name)) {
            player.awaitJoin();
            NightporterProcess.pause(Duration.ofSeconds(Stage.STAY_SECONDS));
            assertThat(player.isConnected()).isTrue();
            assertThat(player.count(KeepAlive.class)).isGreaterThan(Stage.STAY_SECONDS / 2);
            player.chat("still here");
        }
        return null;
    }

    @TestFactory
    Stream<DynamicContainer> everyProtocolPlays() {
        return VERSIONS.stream().map(version ->
            DynamicContainer.dynamicContainer(
                version.toString(),
                Stream.of(
                    test(version, "status", () -> status(version)),
                    test(version, "join", () -> join(version)),
                    test(version, "position", () -> position(version)),
                    test(version, "chunk", () -> chunk(version)),
                    test(version, "chat", () -> chat(version)),
                    test(version, "quit", () -> quit(version)),
                    test(version, "server uncompressed", () -> visit(offline, version, BARE)),
                    test(version, "thresholds differ", () -> visit(offline, version, SMALL)),
                    test(version, "no compression", () -> visit(uncompressed, version, BARE)),
                    test(version, LEGACY, () -> legacy(version)),
                    test(version, BUNGEEGUARD, () -> bungeeGuard(version)),
                    test(version, MODERN, () -> modern(version)),
                    test(version, "online", () -> online(version)),
                    test(version, "reconfiguration", () -> reconfiguration(version)),
                    test(version, Stage.STAY_SECONDS + " s", () -> stayed(version))
                ).filter(test -> possible(version, test.getDisplayName()))
            )
        );
    }

    private static boolean possible(ProtocolVersion version, String check) {
        return switch (check) {
            case "server uncompressed", "thresholds differ", "no compression" -> version.number() >= 47;
            case MODERN -> version.number() >= 393;
            case "reconfiguration" -> version.number() >= 764;
            default -> true;
        };
    }

    /** A test whose outcome goes into the table, where no client of another kind plays that version. */
    private static DynamicTest test(ProtocolVersion version, String check, Executable body) {
        return DynamicTest.dynamicTest(check, () -> {
            boolean passed = false;
            try {
                body.execute();
                passed = true;
            } finally {
                boolean elsewhere = GameVersion.ALL.stream().anyMatch(known -> known.protocol() == version.number());
                if (!elsewhere && !check.equals("reconfiguration")) {
                    String server = version.number() == 776 ? "own, Minestom" : "own";
                    var row = Compatibility.row(version.number(), version.name(), "own", server);
                    Compatibility.put(row, check, Cell.of(passed));
                }
            }
        });
    }

    private static void status(ProtocolVersion version) throws IOException {
        String answer = WireStatus.ask(offline.port(), version, "plain.test");
        assertThat(answer).contains("\"protocol\":" + version.number());
    }

    private static WirePlayer player(NightporterProcess proxy, ProtocolVersion version, String server, String role)
        throws IOException {
        return WirePlayer.connect(proxy.port(), version, server + ".test", role + version.number());
    }

    private static void join(ProtocolVersion version) throws IOException {
        try (WirePlayer player = player(offline, version, PLAIN, "join")) {
            JoinGame game = player.awaitJoin();
            assertThat(game.onlineMode()).isFalse();
            assertThat(player.awaitLogin().name()).isEqualTo("join" + version.number());
        }
        if (version.number() == 776) {
            try (WirePlayer player = player(offline, version, "world", "minestom")) {
                player.awaitJoin();
                player.awaitReceived("a chunk", packet -> "ChunkData".equals(packet.name()));
                player.chat("hello world");
            }
        }
    }

    private static void position(ProtocolVersion version) throws IOException {
        try (WirePlayer player = player(offline, version, PLAIN, "posi")) {
            PlayerPosition place = player.await(PlayerPosition.class, _ -> true);
            assertThat(place.x()).isEqualTo(WireWorld.position().x());
            assertThat(place.yaw()).isEqualTo(WireWorld.position().yaw());
            if (version.number() >= 107) {
                Visit visit = server(PLAIN).awaitVisit("posi" + version.number());
                TeleportConfirm confirm = visit.await(TeleportConfirm.class, _ -> true);
                assertThat(confirm.teleportId()).isEqualTo(WireWorld.position().teleportId());
                assertThat(confirm.x()).isEqualTo(version.number() >= 777 ? WireWorld.position().x() : 0);
            }
        }
    }

    private static void chunk(ProtocolVersion version) throws IOException {
        try (WirePlayer player = player(offline, version, PLAIN, "chun")) {
            var chunk = player.awaitReceived("a chunk", packet -> "ChunkData".equals(packet.name()));
            assertThat(chunk.body()).isEqualTo(WireWorld.chunk());
        }
    }

    private static void chat(ProtocolVersion version) throws IOException {
        try (WirePlayer player = player(offline, version, PLAIN, "chat")) {
            player.awaitJoin();
            player.chat("hello");
        }
    }

    private static void quit(ProtocolVersion version) throws IOException {
        try (WirePlayer player = player(offline, version, PLAIN, "quit")) {
            player.awaitJoin();
            Visit visit = server(PLAIN).awaitVisit("quit" + version.number());
            player.quit();
            visit.awaitEnd();
        }
    }

    private static Visit visit(NightporterProcess proxy, ProtocolVersion version, String server) throws IOException {
        try (WirePlayer player = player(proxy, version, server, server.substring(0, 3))) {
            player.awaitJoin();
            player.chat("hello");
            var chunk = player.awaitReceived("a chunk", packet -> "ChunkData".equals(packet.name()));
            assertThat(chunk.body()).isEqualTo(WireWorld.chunk());
            return server(server).awaitVisit(server.substring(0, 3) + version.number());
        }
    }

    private static void legacy(ProtocolVersion version) throws IOException {
        Visit visit = visit(offline, version, LEGACY);
        String[] parts = visit.handshake().address().split("\0", -1);
        assertThat(parts).hasSizeBetween(3, 4);
        assertThat(parts[0]).isEqualTo("legacy.test");
        assertThat(parts[1]).isEqualTo("127.0.0.2");
        assertThat(parts[2]).isEqualTo(offlineId(visit.name()).replace("-", ""));
        assertThat(visit.handshake().intent()).isEqualTo(Handshake.LOGIN);
    }

    private static void bungeeGuard(ProtocolVersion version) throws IOException {
        Visit visit = visit(offline, version, BUNGEEGUARD);
        String[] parts = visit.handshake().address().split("\0", -1);
        assertThat(parts).hasSize(4);
        assertThat(parts[3]).contains("\"bungeeguard-token\"").contains(Secret.VALUE);
    }

    private static void modern(ProtocolVersion version) throws IOException {
        byte[] forwarded = visit(offline, version, MODERN).forwarded().toArray();
        assertThat(forwarded).hasSizeGreaterThan(32);
        byte[] data = Arrays.copyOfRange(forwarded, 32, forwarded.length);
        assertThat(Arrays.copyOf(forwarded, 32)).isEqualTo(hmac(data));
        assertThat((int) data[0]).isEqualTo(version.number() >= 761 ? 4 : 1);
        assertThat(new String(data, StandardCharsets.ISO_8859_1)).contains("127.0.0.2", "mod" + version.number());
    }

    private static void online(ProtocolVersion version) throws IOException {
        String name = "onli" + version.number();
        String host = version.number() >= 393 ? "modern.test" : "legacy.test";
        var handshake = new Handshake(version.number(), host, online.port(), Handshake.LOGIN);
        var identity = new SessionIdentity(sessionServer.address(), name);
        try (WirePlayer player = WirePlayer.connect(online.port(), version, handshake, name, identity)) {
            JoinGame game = player.awaitJoin();
            if (version.number() >= 776) {
                assertThat(game.onlineMode()).isTrue();
            }
            assertThat(player.awaitLogin().id()).isEqualTo(SessionIdentity.idOf(name));
            player.chat("hello");
        }
    }

    private static void reconfiguration(ProtocolVersion version) throws IOException {
        try (WirePlayer player = player(offline, version, PLAIN, "reco")) {
            player.awaitJoin();
            Visit visit = server(PLAIN).awaitVisit("reco" + version.number());
            visit.reconfigure();
            player.awaitReceived("a second join", _ -> player.count(JoinGame.class) == 2);
            player.chat("again");
            player.await(JoinGame.class, game -> !game.onlineMode());
        }
    }

    private static void stayed(ProtocolVersion version) throws Exception {
        Objects.requireNonNull(STAYS.get(version.number())).get();
    }

    private static String offlineId(String name) {
        byte[] bytes = ("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private static byte[] hmac(byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Secret.VALUE.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
