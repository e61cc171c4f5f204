package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Link;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LegacyTitle;
import io.nightporter.protocol.packet.TitleText;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, the player reads a sentence that says what and what to do. */
@Timeout(60)
class TroubleIT {

    private static final ProtocolVersions VERSIONS = ProtocolVersions.builtIn();
    private static SessionServer sessionServer;
    private static Backends backends;
    private static WireServer world;
    private static NightporterProcess offline;
    private static NightporterProcess online;

    @BeforeAll
    static void start() {
        sessionServer = SessionServer.start();
        Map<String, Map<String, Object>> bad = new LinkedHashMap<>();
        for (String misbehaviour : new String[] { "silent", "close", "reset", "nonsense", "http" }) {
            bad.put(misbehaviour, Map.of("misbehaviour", misbehaviour));
        }
        bad.put("authenticating", Map.of("online", true, "sessionServer", sessionServer.address().toString()));
        bad.put("guarded", Map.of("forwarding", "modern", "secret", "another secret"));
        bad.put("kicking", Map.of("kickAfterMillis", 500, "kickMessage", "You are banned: griefing"));
        backends = Backends.start(bad);
        world = WireServer.start(256, null);
        ProxyConfig config = ProxyConfig.with("onlineMode: false", "timeouts: { connect: 1s, read: 2s, login: 20s }");
        for (String name : bad.keySet()) {
            config = config.server(name, backends.port(name));
        }
        String modern = "forwarding: { mode: modern, secretFile: %s }".formatted(Secret.file());
        config = config
            .server("stopped", Workplace.freePort())
            .server("mistaken", backends.port("guarded"), modern)
            .server("unguarded", world.port(), modern)
            .server("newer", world.port(), "versions: 1.20.2..26.3");
        offline = NightporterProcess.start("trouble-offline", config.yaml());
        online = NightporterProcess.start(
            "trouble-online",
            ProxyConfig.with(
                "onlineMode: true",
                "sessionServer: " + sessionServer.address(),
                "timeouts: { sessionServer: 2s }"
            )
                .server("world", world.port())
                .yaml()
        );
    }

    @AfterAll
    static void end() {
        offline.close();
        online.close();
        world.close();
        backends.close();
        sessionServer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "stopped", "silent", "close", "reset", "nonsense", "http" })
    void aServerThatMayStillComeIsNamedAndWaitedFor(String server) throws IOException {
        for (int protocol : new int[] { 404, 758, 767, 775 }) {
            try (var player = WirePlayer.connect(offline.port(), version(protocol), server + ".test", "Patient")) {
                player.awaitJoin();
                player.awaitReceived("a title with the name of the server", packet -> isTitleWith(server, packet));
                assertThat(player.isConnected()).isTrue();
            }
        }
    }

    private static boolean isTitleWith(String words, Link.Received packet) {
        return switch (packet.packet()) {
            case TitleText title -> title.text().json().contains(words);
            case LegacyTitle title -> title.toString().contains(words);
            case null, default -> false;
        };
    }

    static Stream<Arguments> serversAndWords() {
        return Stream.of(
            Arguments.of("authenticating", "online-mode=false"),
            Arguments.of("mistaken", "Unable to verify player details"),
            Arguments.of("unguarded", "switch on modern (Velocity) forwarding"),
            Arguments.of("kicking", "You are banned: griefing")
        );
    }

    @ParameterizedTest
    @MethodSource("serversAndWords")
    void aServerThatCannotBePlayedOnGivesTheReason(String server, String words) throws IOException {
        for (int protocol : new int[] { 404, 758, 767, 775 }) {
            try (var player = WirePlayer.connect(offline.port(), version(protocol), server + ".test", "Unlucky")) {
                assertThat(player.awaitEnd()).as("protocol %d", protocol).startsWith("kicked: ").contains(words);
            }
        }
    }

    @Test
    void aHostnameThatNobodyClaimsIsNamed() throws IOException {
        assertThat(endOf(767, "nowhere.test", "Lost")).contains("There is no server at \"nowhere.test\"");
    }

    @Test
    void aVersionThatAServerDoesNotTakeIsToldWhichItTakes() throws IOException {
        assertThat(endOf(47, "newer.test", "Elderly"))
            .contains("newer")
            .contains("1.20.2")
            .contains("26.3");
    }

    @Test
    void modernForwardingNeedsAClientThatCanDoIt() throws IOException {
        assertThat(endOf(340, "mistaken.test", "Elderly")).contains("1.13");
    }

    @Test
    void aTransferIsRefusedUnlessTheConfigurationAcceptsTransfers() throws IOException {
        ProtocolVersion version = version(767);
        var handshake = new Handshake(767, "kicking.test", 25565, Handshake.TRANSFER);
        try (var player = WirePlayer.connect(offline.port(), version, handshake, "Transferred", null)) {
            assertThat(player.awaitEnd()).startsWith("kicked: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "with space", "Ünder", "a.b", "§cRed" })
    void inOnlineModeANameThatNobodyCanHaveIsRefused(String name) throws IOException {
        try (var player = WirePlayer.connect(online.port(), version(767), "world.test", name)) {
            assertThat(player.awaitEnd()).startsWith("kicked: ").contains("name");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "slow", "nonsense", "error" })
    void aSessionServerInTroubleIsNotThePlayersFault(String mode) throws IOException {
        sessionServer.mode(mode);
        try {
            assertThat(authenticatedEnd("Waiting"))
                .startsWith("kicked: ")
                .contains("authentication servers do not answer");
        } finally {
            sessionServer.mode("normal");
        }
    }

    @Test
    void aPlayerWhomTheSessionServerDoesNotKnowIsToldToLogInAgain() throws IOException {
        sessionServer.mode("strangers");
        try {
            assertThat(authenticatedEnd("Stranger")).startsWith("kicked: ").contains("do not know this login");
        } finally {
            sessionServer.mode("normal");
        }
    }

    @Test
    void whoLogsInASecondTimeTakesThePlaceOfTheFirst() throws IOException {
        try (WirePlayer first = authenticated("Twice")) {
            first.awaitJoin();
            try (WirePlayer second = authenticated("Twice")) {
                second.awaitJoin();
                assertThat(first.awaitEnd()).startsWith("kicked: ");
                second.chat("it is me");
            }
        }
    }

    private static String authenticatedEnd(String name) throws IOException {
        try (WirePlayer player = authenticated(name)) {
            return player.awaitEnd();
        }
    }

    private static WirePlayer authenticated(String name) throws IOException {
        var handshake = new Handshake(767, "world.test", online.port(), Handshake.LOGIN);
        var identity = new SessionIdentity(sessionServer.address(), name);
        return WirePlayer.connect(online.port(), version(767), handshake, name, identity);
    }

    private static String endOf(int protocol, String host, String name) throws IOException {
        try (var player = WirePlayer.connect(offline.port(), version(protocol), host, name)) {
            String end = player.awaitEnd();
            assertThat(end).startsWith("kicked: ");
            return end;
        }
    }

    private static ProtocolVersion version(int protocol) {
        return Objects.requireNonNull(VERSIONS.find(protocol));
    }
}
