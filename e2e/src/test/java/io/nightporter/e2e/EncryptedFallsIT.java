package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Players with accounts, who talk to the proxy encrypted: their server dies, and they are in its world again. */
@Timeout(120)
class EncryptedFallsIT {

    private static final List<String> LEGACY = List.of("1.8.8", "1.12.2");
    private static final List<String> MODERN = List.of("1.16.5", "1.20.1", "1.20.4", "26.1");
    /** With a chat session that their server does not accept. */
    private static final List<String> NOT_FORWARDED = List.of("1.21.8");
    /** The oldest and the newest, and those around the changes in how a login ends. */
    private static final int[] PROTOCOLS = { 4, 5, 47, 340, 754, 763, 765, 767, 775, 776, 777 };
    private static final int FALLS = 2;

    private static final Duration ABSENCE = Duration.ofSeconds(4);

    private static final List<StayingPlayer> PLAYERS = new ArrayList<>();
    private static SessionServer sessionServer;
    private static Backends backends;
    private static NightporterProcess nightporter;
    private static int wirePort;

    @BeforeAll
    static void play() {
        sessionServer = SessionServer.start();
        backends = startBackends(Map.of("legacy", 0, "modern", 0, "none", 0));
        wirePort = Workplace.freePort();
        ProxyConfig config = ProxyConfig.with("onlineMode: true", "sessionServer: " + sessionServer.address())
            .server("legacy", backends.port("legacy"), "forwarding: { mode: legacy }")
            .server(
                "modern",
                backends.port("modern"),
                "forwarding: { mode: modern, secretFile: %s }".formatted(Secret.file())
            )
            .server("none", backends.port("none"))
            .server("wire", wirePort);
        nightporter = NightporterProcess.start("encrypted-falls", config.yaml());
        LEGACY.forEach(version -> join(version, "legacy"));
        MODERN.forEach(version -> join(version, "modern"));
        NOT_FORWARDED.forEach(version -> join(version, "none"));
    }

    private static void join(String version, String server) {
        GameVersion game = GameVersion.named(version);
        String name = server.substring(0, 1) + "_" + game.slug();
        int port = nightporter.port();
        var player = StayingPlayer.join("plain", game, server + ".test", port, name, sessionServer.address());
        PLAYERS.add(player);
        // One after the other: they need the whole machine to begin with.
        player.chats();
    }

    private static Backends startBackends(Map<String, Integer> ports) {
        return Backends.start(
            Map.of(
                "legacy",
                Map.of("port", ports.get("legacy"), "forwarding", "legacy"),
                "modern",
                Map.of("port", ports.get("modern"), "forwarding", "modern", "secret", Secret.VALUE),
                "none",
                Map.of("port", ports.get("none"))
            ),
            Stream.of(LEGACY, MODERN, NOT_FORWARDED).flatMap(List::stream).toList()
        );
    }

    @AfterAll
    static void end() {
        PLAYERS.forEach(StayingPlayer::close);
        nightporter.close();
        backends.close();
        sessionServer.close();
    }

    @Test
    void whoseServerIsKilledIsHeldAndLetInAgain() {
        List<Fallen> fallen = PLAYERS.stream().map(Fallen::of).toList();
        Map<String, Integer> ports = Map.of(
            "legacy",
            backends.port("legacy"),
            "modern",
            backends.port("modern"),
            "none",
            backends.port("none")
        );
        backends.child().signal("KILL");
        fallen.forEach(one -> one.isHeld(hasBossBars(one)));
        NightporterProcess.pause(ABSENCE);
        backends = startBackends(ports);
        fallen.forEach(one -> one.isBack(1, hasBossBars(one)));
        assertThat(Vitals.faults(nightporter.child().lines())).isEmpty();
    }

    private static boolean hasBossBars(Fallen one) {
        return !one.player().name().equals("l_1_8_8");
    }

    @Test
    void ourOwnClientsStayEncryptedThroughSeveralFalls() throws IOException {
        Map<WirePlayer, String> players = new LinkedHashMap<>();
        WireServer server = WireServer.start(wirePort, 256, null, false);
        try {
            for (int protocol : PROTOCOLS) {
                players.put(connect(protocol), "here I am, " + protocol);
            }
            for (Map.Entry<WirePlayer, String> one : players.entrySet()) {
                one.getKey().chatUntilHeard(one.getValue());
            }
            for (int fall = 0; fall < FALLS; fall++) {
                server.close();
                server = WireServer.start(wirePort, 256, null, false);
                for (Map.Entry<WirePlayer, String> one : players.entrySet()) {
                    one.getKey().chatUntilHeard(one.getValue() + ", again " + fall);
                }
            }
            for (WirePlayer player : players.keySet()) {
                assertThat(player.count(EncryptionRequest.class)).as(player.name()).isEqualTo(1);
            }
        } finally {
            players.keySet().forEach(WirePlayer::close);
            server.close();
        }
    }

    private static WirePlayer connect(int protocol) throws IOException {
        ProtocolVersion version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        String name = "fall" + protocol;
        var handshake = new Handshake(protocol, "wire.test", nightporter.port(), Handshake.LOGIN);
        var identity = new SessionIdentity(sessionServer.address(), name);
        return WirePlayer.connect(nightporter.port(), version, handshake, name, identity);
    }
}
