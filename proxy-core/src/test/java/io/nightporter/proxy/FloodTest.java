package io.nightporter.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ConfigurationLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits over real sockets: whoever floods hurts only those who share their network. */
@Timeout(60)
class FloodTest {

    private static final ProtocolVersion VERSION = Objects.requireNonNull(ProtocolVersions.builtIn().find(767));
    private static final ProtocolVersion BEFORE_CONFIGURATION = Objects.requireNonNull(
        ProtocolVersions.builtIn().find(340)
    );
    private static final String BEHIND_BALANCER = "proxyProtocol: { trusted: 127.0.0.1 }, ";
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir
    Path folder = Path.of("");

    private final List<Proxy> proxies = new ArrayList<>();
    private int adminPort;

    @AfterEach
    void stop() {
        proxies.forEach(Proxy::stop);
    }

    @Test
    void aFloodFromOneNetworkLeavesAPlayerFromAnotherAlone() throws Exception {
        Proxy proxy = start(BEHIND_BALANCER + "limits: { connectionsPerSecond: 5 }");
        long begun = System.nanoTime();
        int answered = 0;
        for (int i = 0; i < 300; i++) {
            answered += asksForStatus(proxy, "203.0.113." + ((i % 250) + 1)) ? 1 : 0;
        }
        double seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(answered).isBetween(10, (int) (10 + 5 * seconds));
        assertThat(asksForStatus(proxy, "198.51.100.7")).as("somebody else").isTrue();
        assertThat(asksForStatus(proxy, null)).as("the balancer itself").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "auto", "nio" })
    void whoConnectsDirectlyTooOftenIsCutOffUntilAReloadAllowsIt(String transport) throws Exception {
        String settings = "transport: " + transport + ", limits: { connectionsPerSecond: %d, halfOpenPerNetwork: 0 }";
        Proxy proxy = start(settings.formatted(1));
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            answered += asksForStatus(proxy, null) ? 1 : 0;
        }
        assertThat(answered).isBetween(2, 50);

        proxy.apply(configuration(settings.formatted(0)));
        for (int i = 0; i < 50; i++) {
            assertThat(asksForStatus(proxy, null)).isTrue();
        }
    }

    @Test
    void whoLogsInTooOftenIsToldWhenToComeBackAndOthersAreNotConcerned() throws Exception {
        Proxy proxy = start(BEHIND_BALANCER + "limits: { loginsPerMinute: 3 }");
        for (int i = 0; i < 3; i++) {
            assertThat(logsIn(proxy, "203.0.113." + (i + 1))).contains("Somebody");
        }

        assertThat(logsIn(proxy, "203.0.113.9"))
            .contains("Too many players are logging in from your network.")
            .containsPattern("Please try again in (1[0-9]|20) seconds");
        assertThat(logsIn(proxy, "198.51.100.7")).contains("Somebody");
    }

    @Test
    void aPassThroughIsALoginToo() throws Exception {
        Proxy proxy = start(BEHIND_BALANCER + "unknownVersions: passthrough, limits: { loginsPerMinute: 1 }");

        assertThat(logsIn(proxy, "203.0.113.1", 9999)).contains("is not running");
        assertThat(logsIn(proxy, "203.0.113.2", 9999)).contains("Too many players");
    }

    @Test
    void whoLingersAtTheDoorMakesRoomForWhoComes() throws Exception {
        Proxy proxy = start("limits: { halfOpen: 2 }");
        try (Socket oldest = connect(proxy); Socket second = connect(proxy)) {
            assertThat(asksForStatus(proxy, null)).isTrue();
            assertThat(isCutOff(oldest)).isTrue();
            assertThat(second.isConnected()).isTrue();
        }
    }

    @Test
    void aNetworkThatLingersAtTheDoorKeepsOnlyItselfOut() throws Exception {
        Proxy proxy = start(BEHIND_BALANCER + "limits: { halfOpenPerNetwork: 2 }");
        try (Socket one = connect(proxy); Socket other = connect(proxy)) {
            write(one, header("203.0.113.1"));
            write(other, header("203.0.113.2"));
            awaitRefusal(proxy, "203.0.113.3");
            assertThat(asksForStatus(proxy, "198.51.100.7")).isTrue();
        }
        awaitWelcome(proxy, "203.0.113.3");
    }

    @ParameterizedTest
    @ValueSource(ints = { 340, 9999 }) // relayed, passed through
    void whoIsAPlayerHasLeftTheDoor(int protocol) throws Exception {
        try (ServerSocket backend = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Proxy proxy = start(
                BEHIND_BALANCER + "unknownVersions: passthrough, limits: { halfOpenPerNetwork: 1 }",
                backend.getLocalPort()
            );
            try (Socket player = connect(proxy)) {
                write(player, header("203.0.113.1"));
                write(player, login(protocol));
                try (Socket server = backend.accept()) {
                    if (protocol == 340) {
                        assertThat(asksForStatus(proxy, "203.0.113.2")).as("while still in login").isFalse();
                    }
                    write(server, success());
                    assertThat(player.getInputStream().read()).as("the player hears of it").isPositive();
                    assertThat(asksForStatus(proxy, "203.0.113.2")).isTrue();
                }
            }
        }
    }

    @Test
    void whatCameWithTheHeaderOfWhomIsTurnedAwayIsNotEvenRead() throws Exception {
        Proxy proxy = start(BEHIND_BALANCER + "limits: { connectionsPerSecond: 1 }");
        for (int i = 0; i < 100; i++) {
            sendsInOneBreath(proxy, header("203.0.113.1"), login(767));
        }

        Matcher begun = Pattern.compile("nightporter_connections_total\\{result=\"left_in_login\"} (\\d+)").matcher(
            metrics()
        );
        assertThat(metrics()).contains("nightporter_rejected_total{reason=\"connection_rate\"}");
        assertThat(begun.find() ? Integer.parseInt(begun.group(1)) : 0)
            .as("logins of those who were let in at first")
            .isLessThan(50);
    }

    private String metrics() throws Exception {
        try (
            InputStream page = URI.create("http://127.0.0.1:" + adminPort + "/metrics")
                .toURL()
                .openStream()
        ) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void sendsInOneBreath(Proxy proxy, byte[] one, byte[] other) throws IOException {
        try (Socket socket = connect(proxy)) {
            write(socket, ByteBufUtil.getBytes(Unpooled.wrappedBuffer(one, other)));
            isCutOff(socket);
        }
    }

    private static byte[] success() {
        ByteBuf success = Unpooled.buffer();
        var packet = new LoginSuccess(new UUID(1, 2), "Somebody", List.of(), false, new UUID(3, 4));
        ByteBuf payload = Unpooled.buffer();
        PacketCodec.encode(BEFORE_CONFIGURATION, State.LOGIN, Direction.CLIENTBOUND, packet, payload);
        Frames.write(payload, -1, success, Zlib.ofThisThread());
        return ByteBufUtil.getBytes(success);
    }

    /** Until the proxy has read the two headers, a third one may still be welcome. */
    private static void awaitRefusal(Proxy proxy, String from) throws Exception {
        while (asksForStatus(proxy, from)) {
            Thread.sleep(20);
        }
    }

    private static void awaitWelcome(Proxy proxy, String from) throws Exception {
        while (!asksForStatus(proxy, from)) {
            Thread.sleep(20);
        }
    }

    /** Whether the proxy answers. */
    private static boolean asksForStatus(Proxy proxy, @Nullable String from) throws IOException {
        ByteBuf hello = Unpooled.buffer();
        frame(State.HANDSHAKE, new Handshake(767, "localhost", 25_565, Handshake.STATUS), hello);
        frame(State.STATUS, new StatusRequest(), hello);
        try (Socket socket = connect(proxy)) {
            write(socket, header(from));
            write(socket, ByteBufUtil.getBytes(hello));
            return socket.getInputStream().read() >= 0;
        } catch (SocketException _) {
            return false;
        }
    }

    /** What the proxy says. */
    private static String logsIn(Proxy proxy, String from) throws IOException {
        return logsIn(proxy, from, 767);
    }

    private static String logsIn(Proxy proxy, String from, int protocol) throws IOException {
        try (Socket socket = connect(proxy)) {
            write(socket, header(from));
            write(socket, login(protocol));
            var said = new StringBuilder();
            byte[] some = new byte[4096];
            // Whoever is let in is called by name, and waits: the server is not running.
            int read = 0;
            while (read >= 0 && said.indexOf("Somebody") < 0) {
                read = socket.getInputStream().read(some);
                said.append(new String(some, 0, Math.max(0, read), StandardCharsets.UTF_8));
            }
            return said.toString();
        }
    }

    private static byte[] login(int protocol) {
        ByteBuf hello = Unpooled.buffer();
        frame(State.HANDSHAKE, new Handshake(protocol, "localhost", 25_565, Handshake.LOGIN), hello);
        ProtocolVersion version = protocol == 340 ? BEFORE_CONFIGURATION : VERSION;
        ByteBuf start = Unpooled.buffer();
        PacketCodec.encode(
            version,
            State.LOGIN,
            Direction.SERVERBOUND,
            new LoginStart("Somebody", Optional.empty(), Optional.of(new UUID(1, 2))),
            start
        );
        Frames.write(start, -1, hello, Zlib.ofThisThread());
        return ByteBufUtil.getBytes(hello);
    }

    private static boolean isCutOff(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            return in.read() < 0;
        } catch (SocketException _) {
            return true;
        }
    }

    /** What a balancer writes in front; nothing for somebody who connects directly. */
    private static byte[] header(@Nullable String from) {
        String text = from == null ? "" : "PROXY TCP4 " + from + " 192.0.2.1 40000 25565\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private static void frame(State state, Packet packet, ByteBuf out) {
        ByteBuf payload = Unpooled.buffer();
        PacketCodec.encode(VERSION, state, Direction.SERVERBOUND, packet, payload);
        Frames.write(payload, -1, out, Zlib.ofThisThread());
    }

    private static Socket connect(Proxy proxy) throws IOException {
        InetSocketAddress address = proxy.addresses().getFirst();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private Proxy start(String proxySettings) throws Exception {
        return start(proxySettings, freePort());
    }

    private Proxy start(String proxySettings, int backendPort) throws Exception {
        Proxy proxy = Proxy.start(configuration(proxySettings, backendPort), "test");
        proxies.add(proxy);
        return proxy;
    }

    private Configuration configuration(String proxySettings) throws Exception {
        return configuration(proxySettings, freePort());
    }

    private Configuration configuration(String proxySettings, int backendPort) throws Exception {
        Path file = folder.resolve("nightporter.yml");
        adminPort = freePort();
        Files.writeString(
            file,
            """
            proxy: { listen: "127.0.0.1:%d", onlineMode: false, %s }
            admin: { listen: "127.0.0.1:%d" }
            dataDir: %s
            fleet: { servers: { main: { hosts: ["*"], address: "127.0.0.1:%d" } } }
            """.formatted(freePort(), proxySettings, adminPort, folder, backendPort)
        );
        return ConfigurationLoader.load(file);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
