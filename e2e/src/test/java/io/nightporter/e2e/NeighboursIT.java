package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WirePlayer.Approach;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.Transfer;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Load balancers in front, servers that want PROXY headers behind, transfers, and clients from before 1.7. */
@Tag("alone")
@Timeout(60)
class NeighboursIT {

    private static final ProtocolVersion VERSION = Objects.requireNonNull(ProtocolVersions.builtIn().find(767));
    private static final String LOAD_BALANCER = "127.0.0.3";
    private static final String HEADER_1 = "PROXY TCP4 198.51.100.7 203.0.113.9 51234 25565\r\n";
    private static final String HEADER_2 =
        "0d0a0d0a000d0a515549540a" + "21" + "11" + "000c" + "c6336407" + "cb007109" + "c822" + "63dd";

    private static WireServer server;
    private static Backends backends;
    private static NightporterProcess proxy;

    @BeforeAll
    static void start() {
        server = WireServer.start(256, null);
        backends = Backends.start(Map.of("headed", Map.of("proxyProtocol", true)));
        proxy = NightporterProcess.start(
            "neighbours",
            ProxyConfig.with(
                "onlineMode: false",
                "acceptTransfers: true",
                "proxyProtocol: { trusted: [%s/32] }".formatted(LOAD_BALANCER)
            )
                .server("legacy", server.port(), "forwarding: { mode: legacy }")
                .server("headed", backends.port("headed"), "sendProxyProtocol: true")
                .withDefaultRoute("legacy")
                .yaml()
        );
    }

    @AfterAll
    static void end() {
        proxy.close();
        backends.close();
        server.close();
    }

    @Test
    void aTrustedLoadBalancerSaysInTextWhereThePlayerIs() throws IOException {
        addressArrives(Bytes.utf8(HEADER_1), "Texted");
    }

    @Test
    void aTrustedLoadBalancerSaysInBinaryWhereThePlayerIs() throws IOException {
        addressArrives(Bytes.of(HexFormat.of().parseHex(HEADER_2)), "Binary");
    }

    private static void addressArrives(Bytes header, String name) throws IOException {
        try (WirePlayer player = approach(new Approach(LOAD_BALANCER, header), "legacy.test", name)) {
            player.awaitJoin();
            player.chat("hello");
            assertThat(server.awaitVisit(name).handshake().address()).startsWith("legacy.test\u0000198.51.100.7\u0000");
        }
    }

    @Test
    void whoIsNotTrustedNeedsNoHeaderAndMayNotSendOne() throws IOException {
        try (WirePlayer player = approach(new Approach("127.0.0.2", Bytes.EMPTY), "legacy.test", "Direct")) {
            player.awaitJoin();
            assertThat(server.awaitVisit("Direct").handshake().address()).startsWith(
                "legacy.test\u0000127.0.0.2\u0000"
            );
        }
        try (WirePlayer liar = approach(new Approach("127.0.0.2", Bytes.utf8(HEADER_1)), "legacy.test", "Liar")) {
            assertThat(liar.awaitEnd()).startsWith("connection ended");
        }
    }

    @Test
    void aServerThatWantsAHeaderLearnsThePlayersAddress() throws IOException {
        try (WirePlayer player = approach(new Approach("127.0.0.2", Bytes.EMPTY), "headed.test", "Headed")) {
            player.awaitJoin();
            var header = backends.await("proxyHeader", "headed", _ -> true);
            assertThat(header.path("version").asInt()).isEqualTo(2);
            assertThat(header.path("source").asString("")).isEqualTo("127.0.0.2");
            backends.await("joined", "headed", "Headed");
        }
    }

    @Test
    void aTransferredPlayerIsLetInAndTheServerSeesAnOrdinaryLogin() throws IOException {
        var handshake = new Handshake(767, "legacy.test", proxy.port(), Handshake.TRANSFER);
        try (WirePlayer player = WirePlayer.connect(proxy.port(), VERSION, handshake, "Sent", null)) {
            player.awaitJoin();
            assertThat(server.awaitVisit("Sent").handshake().intent()).isEqualTo(Handshake.LOGIN);
        }
    }

    @Test
    void aServerCanSendAPlayerElsewhere() throws IOException {
        try (WirePlayer player = approach(new Approach("127.0.0.2", Bytes.EMPTY), "legacy.test", "Leaving")) {
            player.awaitJoin();
            Visit visit = server.awaitVisit("Leaving");
            visit.send(new Transfer("elsewhere.test", 25570));
            assertThat(player.await(Transfer.class, _ -> true)).isEqualTo(new Transfer("elsewhere.test", 25570));
        }
    }

    static Stream<byte[]> pingsOfOldClients() {
        return Stream.of(new byte[] { (byte) 0xFE }, new byte[] { (byte) 0xFE, 1 }, pingOf16("legacy.test", 25565));
    }

    /** What a 1.6 client sends: the host that was typed, behind a plugin message. */
    private static byte[] pingOf16(String host, int port) {
        String channel = "MC|PingHost";
        return Unpooled.buffer()
            .writeBytes(new byte[] { (byte) 0xFE, 1, (byte) 0xFA })
            .writeShort(channel.length())
            .writeBytes(channel.getBytes(StandardCharsets.UTF_16BE))
            .writeShort(7 + 2 * host.length())
            .writeByte(78)
            .writeShort(host.length())
            .writeBytes(host.getBytes(StandardCharsets.UTF_16BE))
            .writeInt(port)
            .copy()
            .array();
    }

    @ParameterizedTest
    @MethodSource("pingsOfOldClients")
    void clientsFromBefore17GetAnAnswerToTheirPing(byte[] ping) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(ping);
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(answer[0]).isEqualTo((byte) 0xFF);
            int characters = ((answer[1] & 0xFF) << 8) | (answer[2] & 0xFF);
            assertThat(answer).hasSize(3 + 2 * characters);
            String text = new String(answer, 3, 2 * characters, StandardCharsets.UTF_16BE);
            assertThat(text).contains("wire");
            if (ping.length > 1) {
                assertThat(text.split("\0")).hasSize(6).startsWith("\u00a71");
            }
        }
    }

    private static WirePlayer approach(Approach approach, String host, String name) throws IOException {
        var handshake = new Handshake(VERSION.number(), host, proxy.port(), Handshake.LOGIN);
        return WirePlayer.connect(approach, proxy.port(), VERSION, handshake, name, null);
    }
}
