package io.nightporter.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.EncryptionResponse;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginDisconnect;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.StatusPing;
import io.nightporter.protocol.packet.StatusPong;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ConfigurationLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole proxy over real sockets, where the order of events matters. */
@Timeout(60)
class ProxyTest {

    private static final ProtocolVersion VERSION = Objects.requireNonNull(ProtocolVersions.builtIn().find(767));

    private static final byte[] SECRET = new byte[16];

    @TempDir
    Path folder;

    @Test
    void whoAsksForTheStatusAndPingsInOneBreathGetsBothInOrder() throws Exception {
        Proxy proxy = start("onlineMode: false", freePort());
        try (Socket socket = connect(proxy)) {
            ByteBuf all = Unpooled.buffer();
            frame(State.HANDSHAKE, new Handshake(767, "localhost", 25_565, Handshake.STATUS), all);
            frame(State.STATUS, new StatusRequest(), all);
            frame(State.STATUS, new StatusPing(4711), all);
            socket.getOutputStream().write(ByteBufUtil.getBytes(all));
            ByteBuf heard = Unpooled.wrappedBuffer(socket.getInputStream().readAllBytes());

            assertThat(content(heard).toString(StandardCharsets.UTF_8)).contains("\"players\"");
            ByteBuf pong = content(heard);
            assertThat(pong.readByte()).isEqualTo((byte) 1);
            assertThat(PacketCodec.decode(VERSION, StatusPong.TYPE, pong)).isEqualTo(new StatusPong(4711));
        } finally {
            proxy.stop();
        }
    }

    @Test
    void aLoginThatWasRefusedStaysRefusedWhenTheSessionServerSaysYesLater() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        HttpServer sessionServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sessionServer.createContext("/", exchange -> {
            asked.countDown();
            awaitQuietly(answer);
            byte[] profile =
                "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"Notch\",\"properties\":[]}".getBytes(
                    StandardCharsets.UTF_8
                );
            exchange.sendResponseHeaders(200, profile.length);
            exchange.getResponseBody().write(profile);
            exchange.close();
        });
        sessionServer.start();
        try (ServerSocket backend = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Proxy proxy = start(
                "sessionServer: \"http://127.0.0.1:" + sessionServer.getAddress().getPort() + "\"",
                backend.getLocalPort()
            );
            try (Socket socket = connect(proxy)) {
                ByteBuf hello = Unpooled.buffer();
                frame(State.HANDSHAKE, new Handshake(767, "localhost", 25_565, Handshake.LOGIN), hello);
                frame(State.LOGIN, new LoginStart("Notch", Optional.empty(), Optional.of(new UUID(1, 2))), hello);
                socket.getOutputStream().write(ByteBufUtil.getBytes(hello));
                EncryptionRequest request = encryptionRequest(socket);
                ByteBuf secret = Unpooled.buffer();
                frame(State.LOGIN, response(request), secret);
                socket.getOutputStream().write(ByteBufUtil.getBytes(secret));
                asked.await();
                ByteBuf uncalledFor = Unpooled.buffer();
                frame(State.LOGIN, new LoginAcknowledged(), uncalledFor);
                Cfb8.encryption(SECRET).apply(uncalledFor);
                socket.getOutputStream().write(ByteBufUtil.getBytes(uncalledFor));
                assertThat(socket.getInputStream().readAllBytes()).as("a goodbye, encrypted").isNotEmpty();
                answer.countDown();
                assertThat(acceptsNobody(backend)).as("the server hears nothing of this player").isTrue();
            } finally {
                proxy.stop();
            }
        } finally {
            sessionServer.stop(0);
        }
    }

    @Test
    void whatComesInTheSameBreathAsTheSecretIsReadWithTheSecret() throws Exception {
        Proxy proxy = start("sessionServer: \"http://127.0.0.1:" + freePort() + "\"", freePort());
        try (Socket socket = connect(proxy)) {
            ByteBuf hello = Unpooled.buffer();
            frame(State.HANDSHAKE, new Handshake(767, "localhost", 25_565, Handshake.LOGIN), hello);
            frame(State.LOGIN, new LoginStart("Notch", Optional.empty(), Optional.of(new UUID(1, 2))), hello);
            socket.getOutputStream().write(ByteBufUtil.getBytes(hello));
            EncryptionRequest request = encryptionRequest(socket);
            ByteBuf breath = Unpooled.buffer();
            frame(State.LOGIN, response(request), breath);
            ByteBuf uncalledFor = Unpooled.buffer();
            for (int i = 0; i < 3000; i++) {
                // So much that, read without the secret, it would contain whole frames.
                frame(State.LOGIN, new LoginAcknowledged(), uncalledFor);
            }
            Cfb8.encryption(SECRET).apply(uncalledFor);
            breath.writeBytes(uncalledFor);
            socket.getOutputStream().write(ByteBufUtil.getBytes(breath));

            ByteBuf heard = Unpooled.wrappedBuffer(socket.getInputStream().readAllBytes());
            Cfb8.decryption(SECRET).apply(heard);
            assertThat(content(heard).toString(StandardCharsets.UTF_8))
                .as("understood, and refused")
                .contains("sent something that is not understood");
        } finally {
            proxy.stop();
        }
    }

    @Test
    void whoComesByANetworksHostnameComesInAtTheLobbyForTheirVersion() throws Exception {
        try (ServerSocket old = backend(); ServerSocket recent = backend()) {
            Proxy proxy = Proxy.start(network(old, recent, "Nobody's <host>"), "test");
            try (Socket socket = connect(proxy)) {
                logIn(socket, "play.example.org");
                try (Socket joining = recent.accept()) {
                    Handshake handshake = handshake(joining);
                    assertThat(handshake.address()).isEqualTo("play.example.org");
                    assertThat(handshake.protocol()).isEqualTo(767);
                }
            } finally {
                proxy.stop();
            }
            assertThat(acceptsNobody(old)).isTrue();
        }
    }

    @Test
    void aVersionThatNoLobbyTakesIsToldWhichAreWelcome() throws Exception {
        try (ServerSocket old = backend()) {
            Proxy proxy = Proxy.start(
                configuration(
                    "onlineMode: false",
                    """
                    fleet:
                      servers:
                        old: { address: "127.0.0.1:%d", versions: 1.8..1.12.2 }
                        older: { address: "127.0.0.1:%d", versions: 1.7.2..1.7.10 }
                      networks: { play: { hosts: ["*"], lobby: [old, older] } }
                    """.formatted(old.getLocalPort(), old.getLocalPort())
                ),
                "test"
            );
            try (Socket socket = connect(proxy)) {
                logIn(socket, "play.example.org");
                assertThat(words(socket)).contains("does not fit play").contains("1.8", "1.12.2", "1.7.2", "1.7.10");
            } finally {
                proxy.stop();
            }
        }
    }

    @Test
    void aReloadChangesNetworksAndWordsForWhoComesAfterwards() throws Exception {
        try (ServerSocket first = backend(); ServerSocket second = backend()) {
            Proxy proxy = Proxy.start(network(second, first, "Nobody's <host>"), "test");
            try (Socket before = connect(proxy); Socket stranger = connect(proxy)) {
                logIn(before, "play.example.org");
                first.accept().close();
                logIn(stranger, "typo.example.org");
                assertThat(words(stranger)).contains("Nobody's ", "typo.example.org");

                proxy.apply(network(first, second, "Who is <host>?"));

                try (Socket after = connect(proxy); Socket another = connect(proxy)) {
                    logIn(after, "play.example.org");
                    second.accept().close();
                    logIn(another, "typo.example.org");
                    assertThat(words(another)).contains("Who is ", "typo.example.org");
                }
            } finally {
                proxy.stop();
            }
            assertThat(acceptsNobody(first)).isTrue();
        }
    }

    private static ServerSocket backend() throws IOException {
        ServerSocket backend = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        backend.setSoTimeout(30_000);
        return backend;
    }

    /** A network with a lobby for old clients and one for recent ones, and what strangers are told. */
    private Configuration network(ServerSocket old, ServerSocket recent, String unknownHost) throws Exception {
        return configuration(
            "onlineMode: false",
            """
            waitingRoom: { texts: { unknownHost: "%s" } }
            fleet:
              servers:
                old: { address: "127.0.0.1:%d", versions: ..1.12.2 }
                recent: { address: "127.0.0.1:%d", versions: 1.13.. }
              networks: { play: { hosts: [play.example.org], lobby: [old, recent] } }
            """.formatted(unknownHost, old.getLocalPort(), recent.getLocalPort())
        );
    }

    private static void logIn(Socket socket, String host) throws IOException {
        ByteBuf hello = Unpooled.buffer();
        frame(State.HANDSHAKE, new Handshake(767, host, 25_565, Handshake.LOGIN), hello);
        frame(State.LOGIN, new LoginStart("Notch", Optional.empty(), Optional.of(new UUID(1, 2))), hello);
        socket.getOutputStream().write(ByteBufUtil.getBytes(hello));
    }

    private static Handshake handshake(Socket socket) throws IOException {
        byte[] bytes = new byte[1024];
        int n = socket.getInputStream().read(bytes);
        ByteBuf content = content(Unpooled.wrappedBuffer(bytes, 0, n));
        content.skipBytes(1);
        return PacketCodec.decode(VERSION, Handshake.TYPE, content);
    }

    /** What the player reads when everything is over. */
    private static String words(Socket socket) throws IOException {
        ByteBuf content = content(Unpooled.wrappedBuffer(socket.getInputStream().readAllBytes()));
        content.skipBytes(1);
        return PacketCodec.decode(VERSION, LoginDisconnect.TYPE, content).reason().words();
    }

    private static boolean acceptsNobody(ServerSocket backend) throws IOException {
        backend.setSoTimeout(1_500);
        try (Socket _ = backend.accept()) {
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static EncryptionRequest encryptionRequest(Socket socket) throws IOException {
        byte[] bytes = new byte[1024];
        int n = socket.getInputStream().read(bytes);
        ByteBuf content = content(Unpooled.wrappedBuffer(bytes, 0, n));
        content.skipBytes(1);
        return PacketCodec.decode(VERSION, EncryptionRequest.TYPE, content);
    }

    private static EncryptionResponse response(EncryptionRequest request) throws Exception {
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(
            Cipher.ENCRYPT_MODE,
            KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(request.publicKey().toArray()))
        );
        Bytes secret = Bytes.of(rsa.doFinal(SECRET));
        Bytes token = Bytes.of(rsa.doFinal(request.verifyToken().toArray()));
        return new EncryptionResponse(secret, new EncryptionResponse.Token(token));
    }

    private Proxy start(String proxySettings, int backendPort) throws Exception {
        String fleet = "fleet: { servers: { main: { hosts: [\"*\"], address: \"127.0.0.1:" + backendPort + "\" } } }";
        return Proxy.start(configuration(proxySettings, fleet), "test");
    }

    private Configuration configuration(String proxySettings, String rest) throws Exception {
        Path file = folder.resolve("nightporter.yml");
        Files.writeString(
            file,
            """
            proxy: { listen: "127.0.0.1:%d", %s }
            admin: { listen: "127.0.0.1:%d" }
            dataDir: %s
            %s
            """.formatted(freePort(), proxySettings, freePort(), folder, rest)
        );
        return ConfigurationLoader.load(file);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Socket connect(Proxy proxy) throws IOException {
        InetSocketAddress address = proxy.addresses().getFirst();
        return new Socket(address.getAddress(), address.getPort());
    }

    private static void frame(State state, Packet packet, ByteBuf out) {
        ByteBuf payload = Unpooled.buffer();
        PacketCodec.encode(VERSION, state, Direction.SERVERBOUND, packet, payload);
        Frames.write(payload, -1, out, Zlib.ofThisThread());
    }

    /** The content of the next frame. */
    private static ByteBuf content(ByteBuf in) {
        int header = Frames.header(in, in.readerIndex(), in.writerIndex(), Frames.MAX_CONTENT);
        in.skipBytes(Frames.headerSize(header));
        return in.readSlice(Frames.content(header));
    }
}
