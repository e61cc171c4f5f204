package io.nightporter.proxy.fuzz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.Proxy;
import io.nightporter.proxy.config.ConfigurationLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Two proxies, one in online and one in offline mode, in front of one server that lets everybody in and echoes plugin
 * messages, unless a script for a player's name says otherwise. Short time-outs, so that whatever a peer does, its
 * connection ends soon.
 */
final class House implements AutoCloseable {

    static final ProtocolVersions VERSIONS = ProtocolVersions.builtIn();
    /** How names of decent players begin. */
    static final String DECENT = "Decent";
    private static final int[] THRESHOLDS = { -1, 0, 64, 256 };
    private static final int BACKLOG = 500;

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final ServerSocket server;
    private final HttpServer sessionServer;
    private final Proxy online;
    private final Proxy offline;

    /** What a server does with a player who has said its name. */
    interface Script {
        void play(Peer player, String name) throws IOException;
    }

    House(Path folder) throws Exception {
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("server").start(this::accept);
        sessionServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        sessionServer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        sessionServer.createContext("/", House::vouch);
        sessionServer.start();
        online = start(
            folder,
            "online",
            "sessionServer: \"http://127.0.0.1:" + sessionServer.getAddress().getPort() + "\""
        );
        offline = start(folder, "offline", "onlineMode: false");
    }

    private Proxy start(Path folder, String name, String setting) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        Path file = own.resolve("nightporter.yml");
        Files.writeString(
            file,
            """
            proxy:
              listen: "127.0.0.1:%5$d"
              %1$s
              proxyProtocol: { trusted: [127.0.0.1/32] }
              limits: { exempt: [0.0.0.0/0, "::/0"] }
              timeouts: { handshake: 5s, login: 15s, read: 12s, connect: 5s, sessionServer: 8s }
            admin: { listen: "127.0.0.1:%2$d" }
            dataDir: "%3$s"
            fleet:
              servers:
                house: { hosts: [house.test], address: "127.0.0.1:%4$d" }
                told: { hosts: [told.test], address: "127.0.0.1:%4$d", forwarding: legacy }
                wild: { hosts: [wild.test], address: "127.0.0.1:%4$d" }
                through: { hosts: [through.test], address: "127.0.0.1:%4$d", passthrough: true }
            """.formatted(setting, freePort(), own, server.getLocalPort(), freePort())
        );
        return Proxy.start(ConfigurationLoader.load(file), "test");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    InetSocketAddress online() {
        return online.addresses().getFirst();
    }

    InetSocketAddress offline() {
        return offline.addresses().getFirst();
    }

    /** From now on, until {@link #forget}, a player of this name meets this server. */
    void expect(String name, Script script) {
        scripts.put(name, script);
    }

    void forget(String name) {
        scripts.remove(name);
    }

    /** A decent player of this version comes, says something, hears it again, and goes. */
    void serveDecentPlayer(boolean authenticated, ProtocolVersion version) throws IOException {
        try (Peer player = Peer.client(authenticated ? online() : offline(), "127.0.0.1", version)) {
            Guest.hello(player, version.number(), "house.test", DECENT + version.number());
            if (authenticated) {
                Guest.authenticate(player);
            }
            Guest.awaitLogin(player);
            Guest.configure(player);
            Guest.awaitId(player, State.PLAY, "JoinGame");
            for (int i = 1; i < 20; i++) {
                Guest.echo(player, new byte[i * 31]);
            }
        }
    }

    /** Vouches for everybody. */
    private static void vouch(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getQuery().replaceAll(".*username=([^&]*).*", "$1");
        byte[] profile = "{\"id\":\"%032x\",\"name\":\"%s\",\"properties\":[]}"
            .formatted(name.hashCode() & 0xFFFFFFFFL, name)
            .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, profile.length);
        exchange.getResponseBody().write(profile);
        exchange.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                // Netty's thread locals end with the thread, the memory of compression among them.
                Thread.ofVirtual().start(() -> FastThreadLocalThread.runWithFastThreadLocal(() -> serve(socket)));
            }
        } catch (IOException _) {
            // The house has closed.
        }
    }

    private void serve(Socket socket) {
        try (Peer player = new Peer(socket, Direction.CLIENTBOUND, VERSIONS.newest())) {
            Handshake handshake = player.read(State.HANDSHAKE, Handshake.FORWARDED_TYPE);
            ProtocolVersion version = VERSIONS.find(handshake.protocol());
            if (version == null) {
                version = VERSIONS.newest();
            }
            player.version(version);
            if (handshake.intent() == Handshake.STATUS) {
                answerStatus(player, handshake);
                return;
            }
            String name = player.read(State.LOGIN, LoginStart.TYPE).name();
            Script script = scripts.get(name);
            if (script == null) {
                welcome(player, name);
            } else {
                script.play(player, name);
            }
        } catch (IOException | RuntimeException e) {
            if (!Peer.isOrdinaryEnd(e)) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A server's status; from the wild server anything. */
    private static void answerStatus(Peer player, Handshake handshake) throws IOException {
        player.read(State.STATUS, StatusRequest.TYPE);
        if (handshake.address().startsWith("wild")) {
            var dice = new Dice(System.nanoTime());
            var malice = new Malice(dice, player.version(), State.STATUS, Direction.CLIENTBOUND, -1);
            player.streamInPieces(malice.stream(), dice);
        } else {
            String json = "{\"version\":{\"name\":\"x\",\"protocol\":5},\"players\":{\"max\":1,\"online\":0}}";
            player.send(State.STATUS, new StatusResponse(json));
        }
    }

    /** Lets a player in, with compression as its name has it, and echoes what it says. */
    static void welcome(Peer player, String name) throws IOException {
        logIn(player, name);
        configure(player);
        player.send(State.PLAY, Samples.joinGame(player.version()));
        int pluginMessage = player.version().id(State.PLAY, Direction.SERVERBOUND, "PluginMessage");
        int back = player.version().id(State.PLAY, Direction.CLIENTBOUND, "PluginMessage");
        while (true) {
            ByteBuf payload = player.read();
            if (VarInts.read(payload) == pluginMessage) {
                player.frame(Samples.payload(back, ByteBufUtil.getBytes(payload)));
            }
        }
    }

    static void logIn(Peer player, String name) throws IOException {
        int threshold = THRESHOLDS[Math.floorMod(name.hashCode(), THRESHOLDS.length)];
        if (threshold >= 0 && player.version().number() >= 47) {
            player.send(State.LOGIN, new SetCompression(threshold));
            player.threshold(threshold);
        }
        player.send(State.LOGIN, Samples.loginSuccess(name));
    }

    static void configure(Peer player) throws IOException {
        if (Guest.hasConfiguration(player)) {
            player.read(State.LOGIN, LoginAcknowledged.TYPE);
            player.send(State.CONFIGURATION, new FinishConfiguration());
            int wanted = player
                .version()
                .id(State.CONFIGURATION, Direction.SERVERBOUND, FinishConfigurationAck.TYPE.name());
            while (VarInts.read(player.read()) != wanted) {
                // Client settings and the like.
            }
        }
    }

    static ProtocolVersion version(int protocol) {
        return Objects.requireNonNull(VERSIONS.find(protocol));
    }

    @Override
    public void close() {
        online.stop();
        offline.stop();
        sessionServer.stop(0);
        try {
            server.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }
}
