package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WirePlayer.Self;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ClientboundLegacyChat;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.LegacyTitle;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.TitleText;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who wait in another way than most: in another language, with mods, in their login, or with bad manners. */
class WaitingFormsIT {

    /** Longer than a client stands silence. */
    private static final Duration LONG = Duration.ofSeconds(36);
    private static final Duration HOLD = Duration.ofSeconds(3);
    private static final int PLACES = 20;
    private static final int UNKNOWN = 9999;
    private static final int MOST_BYTES = 300;
    private static final int FUZZED_PACKETS = 1_500;
    /** Well below the limit of packets a second. */
    private static final Duration BETWEEN_PACKETS = Duration.ofMillis(5);

    private static int port;
    private static int impatientPort;
    private static NightporterProcess proxy;
    private static NightporterProcess impatient;

    @BeforeAll
    static void start() {
        port = Workplace.freePort();
        impatientPort = Workplace.freePort();
        proxy = NightporterProcess.start("forms", config(port));
        impatient = NightporterProcess.start(
            "forms-impatient",
            config(impatientPort) + "waitingRoom: { loginHold: " + HOLD.toSeconds() + "s }\n"
        );
    }

    private static String config(int server) {
        return ProxyConfig.with("onlineMode: false")
            .server("later", server)
            .server("never", Workplace.freePort())
            .server("through", server, "passthrough: true")
            .yaml();
    }

    @AfterAll
    static void end() {
        proxy.close();
        impatient.close();
    }

    private static ProtocolVersion version(int protocol) {
        return Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
    }

    private static WirePlayer join(NightporterProcess to, int protocol, String host, String name) throws IOException {
        return WirePlayer.connect(to.port(), version(protocol), host, name);
    }

    private static boolean isServer(Received received) {
        return received.packet() instanceof JoinGame game && game.maxPlayers() == PLACES;
    }

    private static boolean says(Received received, String words) {
        return switch (received.packet()) {
            case TitleText title -> title.text().words().contains(words);
            case LegacyTitle(LegacyTitle.Title title) -> title.text().words().contains(words);
            case ClientboundLegacyChat line -> line.message().words().contains(words);
            case null, default -> false;
        };
    }

    private static boolean isGerman(Received received) {
        return says(received, "never ist nicht da") || says(received, "never ist gerade nicht erreichbar");
    }

    private static boolean isEnglish(Received received) {
        return says(received, "never is away") || says(received, "never cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(ints = { 5, 47, 340, 754, 763, 764, 767, 777 })
    void everybodyReadsTheirOwnLanguageAlsoAfterAChangeOfMind(int protocol) throws IOException {
        var german = new Self("de_de", "vanilla");
        try (
            var player = WirePlayer.connect(proxy.port(), version(protocol), "never.test", "german" + protocol, german)
        ) {
            player.awaitReceived("German", WaitingFormsIT::isGerman);
            assertThat(player.all()).noneMatch(WaitingFormsIT::isEnglish);
            player.link().send(player.state(), new Self("en_us", "vanilla").settings());
            player.awaitReceived("English", WaitingFormsIT::isEnglish);
        }
    }

    @Test
    void aClientWithModsWaitsBeforeAnythingIsNegotiatedAndThenDoesSoWithTheServer() throws IOException {
        List<WirePlayer> players = new ArrayList<>();
        for (int protocol : List.of(764, 765, 767, 770, 777)) {
            var mods = new Self("en_us", protocol == 764 ? "forge" : "neoforge");
            players.add(WirePlayer.connect(proxy.port(), version(protocol), "later.test", "mods" + protocol, mods));
        }
        for (WirePlayer player : players) {
            player.await(KeepAlive.class, _ -> true);
            var channels = new PluginMessage("minecraft:register", Bytes.utf8("mods:talk"));
            player.link().send(State.CONFIGURATION, channels);
        }
        NightporterProcess.pause(LONG);
        for (WirePlayer player : players) {
            assertThat(player.isConnected()).isTrue();
            assertThat(player.all()).allMatch(
                packet ->
                    packet.packet() instanceof SetCompression ||
                    packet.packet() instanceof LoginSuccess ||
                    packet.packet() instanceof KeepAlive
            );
            assertThat(player.count(KeepAlive.class)).isGreaterThanOrEqualTo(3);
        }
        try (WireServer server = WireServer.start(port, 256, null, true)) {
            for (WirePlayer player : players) {
                player.awaitReceived("the server's world", WaitingFormsIT::isServer);
                Visit visit = server.awaitVisit(player.awaitLogin().name());
                visit.await(PluginMessage.class, message -> message.data().asUtf8().contains("forge"));
                visit.await(PluginMessage.class, message -> message.data().asUtf8().equals("mods:talk"));
                player.chat("hello");
                assertThat(player.count(JoinGame.class)).isEqualTo(1);
                player.quit();
                visit.awaitEnd();
            }
        }
    }

    @Test
    void whoCannotBeShownAnythingIsLetInFromTheLoginWhenTheServerIsThere() throws IOException {
        List<WirePlayer> players = new ArrayList<>();
        players.add(join(proxy, 340, "later.test\0FML\0", "fml340"));
        players.add(join(proxy, 498, "later.test\0FML2\0", "fml498"));
        players.add(join(proxy, 758, "later.test\0FML3\0", "fml758"));
        players.add(join(proxy, 5, "through.test", "through5"));
        players.add(join(proxy, 767, "through.test", "through767"));
        players.add(join(proxy, 777, "through.test", "through777"));
        NightporterProcess.pause(HOLD);
        for (WirePlayer player : players) {
            assertThat(player.isConnected()).isTrue();
            assertThat(player.all()).isEmpty();
        }
        try (WireServer server = WireServer.start(port, 256, null, true)) {
            long ready = System.nanoTime();
            var delays = new Delays("login form: server listens to its world");
            for (WirePlayer player : players) {
                Received join = player.awaitReceived("the server's world", WaitingFormsIT::isServer);
                String name = player.awaitLogin().name();
                delays.add(name, Duration.ofNanos(join.at() - ready));
                player.chat("hello");
                String address = server.awaitVisit(name).handshake().address();
                assertThat(address.contains("\0FML")).isEqualTo(name.startsWith("fml"));
                player.quit();
            }
            delays.publish();
        }
    }

    @Test
    void whoCannotBeShownAnythingIsToldToComeBackWhenThatTakesTooLong() throws IOException {
        long begun = System.nanoTime();
        List<WirePlayer> players = List.of(
            hold(340, "later.test\0FML\0"),
            hold(498, "later.test\0FML2\0"),
            hold(763, "later.test\0FML3\0"),
            hold(767, "through.test"),
            hold(UNKNOWN, "later.test")
        );
        for (WirePlayer player : players) {
            assertThat(player.awaitEnd()).contains("kicked: ").contains("Please come back");
            Duration held = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(held).isBetween(HOLD.minusMillis(600), HOLD.plusSeconds(3));
        }
    }

    private static WirePlayer hold(int protocol, String host) throws IOException {
        var handshake = new Handshake(protocol, host, impatient.port(), Handshake.LOGIN);
        ProtocolVersion spoken = version(protocol == UNKNOWN ? 777 : protocol);
        return WirePlayer.connect(impatient.port(), spoken, handshake, "held" + protocol, null);
    }

    /** Somebody with bad manners, and somebody who waits beside. */
    private record Neighbours(WirePlayer wild, WirePlayer calm, State state) implements AutoCloseable {
        static Neighbours meet(int protocol, String brand) throws IOException {
            var self = new Self("en_us", brand);
            String names = protocol + brand;
            var wild = WirePlayer.connect(proxy.port(), version(protocol), "later.test", "w" + names, self);
            var calm = WirePlayer.connect(proxy.port(), version(protocol), "later.test", "c" + names, self);
            wild.await(KeepAlive.class, _ -> true);
            calm.await(KeepAlive.class, _ -> true);
            return new Neighbours(wild, calm, wild.state());
        }

        void misbehave() throws IOException {
            ProtocolVersion version = wild.link().version();
            var random = new Random(version.number());
            for (int i = 0; i < FUZZED_PACKETS; i++) {
                byte[] body = new byte[random.nextInt(MOST_BYTES)];
                random.nextBytes(body);
                wild.link().send(i % idsOf(version, state), body);
                NightporterProcess.pause(BETWEEN_PACKETS);
            }
        }

        @Override
        public void close() {
            wild.close();
            calm.close();
        }
    }

    @Test
    void nonsenseInTheWaitingRoomHurtsNobody() throws Exception {
        List<Neighbours> all = new ArrayList<>();
        for (int protocol : List.of(5, 47, 340, 754, 763, 764, 767, 777)) {
            all.add(Neighbours.meet(protocol, "vanilla"));
        }
        for (int protocol : List.of(764, 767, 777)) {
            all.add(Neighbours.meet(protocol, "neoforge"));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Neighbours each : all) {
                running.add(
                    threads.submit(() -> {
                        each.misbehave();
                        return null;
                    })
                );
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        try (WireServer server = WireServer.start(port, 256, null, true)) {
            for (Neighbours each : all) {
                assertThat(each.wild().isConnected()).as("%s", each.wild().link().version()).isTrue();
                for (WirePlayer player : List.of(each.calm(), each.wild())) {
                    player.awaitReceived("the server's world", WaitingFormsIT::isServer);
                    player.chat("hello");
                    assertThat(server.awaitVisit(player.awaitLogin().name()).hasEnded()).isFalse();
                }
                each.close();
            }
        }
        assertThat(proxy.child().lines()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }

    /** One more than the highest id, and a few that do not exist. */
    private static int idsOf(ProtocolVersion version, State state) {
        int highest = 0;
        for (int id = 0; id < 256; id++) {
            if (version.packetName(state, Direction.SERVERBOUND, id) != null) {
                highest = id;
            }
        }
        return highest + 4;
    }
}
