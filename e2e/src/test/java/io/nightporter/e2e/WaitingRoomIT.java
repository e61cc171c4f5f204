package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.BossBar;
import io.nightporter.protocol.packet.ClearTitles;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.ClientboundLegacyChat;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.LegacyTitle;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.TitleText;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Players of every protocol come while their server is away: they are in the waiting room within a second, live there,
 * and are on the server within a second of its being there.
 */
class WaitingRoomIT {

    private static final List<ProtocolVersion> VERSIONS = ProtocolVersions.builtIn().all();
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** Longer than any client waits for a sign of life, four times over; nightly much longer. */
    private static final Duration STAY = Duration.ofSeconds(Integer.getInteger("e2e.waitSeconds", 120));
    /** Clients before 1.9 give up after 20 seconds, later ones after 30. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);
    /** The number of places on the server that they wait for: the waiting room has another one. */
    private static final int PLACES = 20;

    private static final Map<ProtocolVersion, WirePlayer> WAITING = new LinkedHashMap<>();
    private static final Delays ENTRANCES = new Delays("own codec: login start to waiting room");
    private static final Delays RETURNS = new Delays("own codec: server listens to its world");
    private static final List<AutoCloseable> RUNNING = new ArrayList<>();
    private static NightporterProcess proxy;
    private static SessionServer sessionServer;
    private static WireServer server;
    private static long serverReady;

    @BeforeAll
    static void waitForTheServer() throws IOException {
        sessionServer = opened(SessionServer.start());
        warmUp();
        int later = Workplace.freePort();
        proxy = opened(
            NightporterProcess.start(
                "waiting-room",
                ProxyConfig.with("onlineMode: false")
                    .server("later", later)
                    .server("never", Workplace.freePort())
                    .yaml()
            )
        );
        scout(proxy, "never.test");
        for (ProtocolVersion version : VERSIONS) {
            long begun = System.nanoTime();
            var player = opened(WirePlayer.connect(proxy.port(), version, "later.test", name(version)));
            WAITING.put(version, player);
            Received join = player.awaitReceived("the waiting room", WaitingRoomIT::isWaitingRoom);
            ENTRANCES.add(version.toString(), Duration.ofNanos(join.at() - begun));
        }
        NightporterProcess.pause(STAY);
        server = opened(WireServer.start(later, 256, null, true));
        serverReady = System.nanoTime();
        for (Map.Entry<ProtocolVersion, WirePlayer> waiting : WAITING.entrySet()) {
            if (waiting.getValue().isConnected()) {
                Received join = waiting.getValue().awaitReceived("the server's world", WaitingRoomIT::isServer);
                RETURNS.add(waiting.getKey().toString(), Duration.ofNanos(join.at() - serverReady));
            }
        }
    }

    /** The time that this program's own client and server take for their first steps is nobody's fault. */
    private static void warmUp() throws IOException {
        try (WireServer direct = WireServer.start(256, null)) {
            for (ProtocolVersion version : VERSIONS) {
                try (var player = WirePlayer.connect(direct.port(), version, "localhost", name(version))) {
                    player.awaitJoin();
                }
            }
        }
    }

    /** The first player of a process that has just started waits for it to load its program: that is told, not judged. */
    private static void scout(NightporterProcess started, String host) throws IOException {
        ProtocolVersion version = Objects.requireNonNull(ProtocolVersions.builtIn().find(340));
        var first = new Delays("own codec: login start to waiting room, the first player after a start");
        long begun = System.nanoTime();
        try (var player = WirePlayer.connect(started.port(), version, host, "scout")) {
            Received join = player.awaitReceived("the waiting room", WaitingRoomIT::isWaitingRoom);
            first.add(host, Duration.ofNanos(join.at() - begun));
        }
        first.publish();
    }

    @AfterAll
    static void end() throws Exception {
        ENTRANCES.publish();
        RETURNS.publish();
        for (AutoCloseable each : RUNNING.reversed()) {
            each.close();
        }
    }

    private static <T extends AutoCloseable> T opened(T resource) {
        RUNNING.add(resource);
        return resource;
    }

    private static String name(ProtocolVersion version) {
        return "wait" + version.number();
    }

    private static boolean isWaitingRoom(Received received) {
        return received.packet() instanceof JoinGame game && game.maxPlayers() != PLACES;
    }

    private static boolean isServer(Received received) {
        return received.packet() instanceof JoinGame game && game.maxPlayers() == PLACES;
    }

    @Test
    void everybodyIsInTheWaitingRoomWithinASecond() {
        assertThat(ENTRANCES.longest()).isLessThan(SECOND);
    }

    @Test
    void everybodyIsOnTheServerWithinASecondOfItsBeingThere() {
        assertThat(RETURNS.longest()).isLessThan(SECOND);
    }

    @TestFactory
    Stream<DynamicTest> everyProtocolWaits() {
        return WAITING.entrySet()
            .stream()
            .map(entry ->
                DynamicTest.dynamicTest(entry.getKey().toString(), () -> waited(entry.getKey(), entry.getValue()))
            );
    }

    private static void waited(ProtocolVersion version, WirePlayer player) throws IOException {
        List<Received> all = player.all();
        List<Received> wait = all
            .stream()
            .takeWhile(packet -> !isServer(packet))
            .toList();
        assertThat(player.isConnected()).as("still connected; %s", last(all)).isTrue();

        assertThat(wait)
            .as("float above the world")
            .anyMatch(packet -> packet.packet() instanceof PlayerPosition place && place.y() >= 400);
        if (version.number() < 47) {
            assertThat(chatLines(wait)).anyMatch(line -> line.contains("later"));
        } else {
            assertThat(titles(wait)).contains("later is away");
        }
        if (version.number() >= 107) {
            assertThat(bars(wait)).isNotEmpty().first().isInstanceOf(BossBar.Add.class);
            assertThat(bars(wait)).filteredOn(BossBar.Add.class::isInstance).hasSize(1);
            assertThat(bars(wait)).as("progress").anyMatch(BossBar.Health.class::isInstance);
        }
        List<Received> stay = wait
            .stream()
            .filter(packet -> packet.at() < serverReady)
            .toList();
        assertThat(bars(stay)).as("the bar stays").noneMatch(BossBar.Remove.class::isInstance);
        assertThat(stay).as("the title stays").noneMatch(WaitingRoomIT::isEndOfTitle);
        keepsInTouch(stay);

        player.chat("hello again");
        Visit visit = server.awaitVisit(name(version));
        assertThat(visit.hasEnded()).isFalse();
        visit.await(ClientSettings.class, settings -> settings.locale().equals(WirePlayer.Self.OWN.locale()));
        visit.await(PluginMessage.class, message -> message.data().asUtf8().contains(WirePlayer.Self.OWN.brand()));
        if (version.number() >= 107) {
            assertThat(bars(player.all())).as("the bar is taken down").last().isInstanceOf(BossBar.Remove.class);
        }
        player.quit();
        visit.awaitEnd();
    }

    /** No silence, and a question whether the client is there at least as often as the shortest patience asks for. */
    private static void keepsInTouch(List<Received> stay) {
        assertThat(longestGap(stay)).as("silence").isLessThan(LONGEST_SILENCE);
        List<Received> beats = stay
            .stream()
            .filter(packet -> packet.packet() instanceof KeepAlive)
            .toList();
        assertThat(beats).hasSizeGreaterThanOrEqualTo((int) (STAY.toSeconds() / LONGEST_SILENCE.toSeconds()));
        assertThat(longestGap(beats)).as("time between keep-alives").isLessThan(LONGEST_SILENCE);
        assertThat(Duration.ofNanos(serverReady - beats.getLast().at())).isLessThan(LONGEST_SILENCE);
    }

    private static Duration longestGap(List<Received> packets) {
        long longest = 0;
        for (int i = 1; i < packets.size(); i++) {
            longest = Math.max(longest, packets.get(i).at() - packets.get(i - 1).at());
        }
        return Duration.ofNanos(longest);
    }

    private static boolean isEndOfTitle(Received packet) {
        return switch (packet.packet()) {
            case ClearTitles _, LegacyTitle(LegacyTitle.Reset _), LegacyTitle(LegacyTitle.Hide _) -> true;
            case null, default -> false;
        };
    }

    private static String last(List<Received> all) {
        return all.isEmpty() ? "nothing came" : all.getLast().toString();
    }

    private static List<String> chatLines(List<Received> packets) {
        return packets
            .stream()
            .map(Received::packet)
            .filter(ClientboundLegacyChat.class::isInstance)
            .map(line -> ((ClientboundLegacyChat) Objects.requireNonNull(line)).message().words())
            .toList();
    }

    private static List<String> titles(List<Received> packets) {
        return packets.stream().map(Received::packet).filter(Objects::nonNull).flatMap(WaitingRoomIT::title).toList();
    }

    private static Stream<String> title(Packet packet) {
        return switch (packet) {
            case TitleText title -> Stream.of(title.text().words());
            case LegacyTitle(LegacyTitle.Title title) -> Stream.of(title.text().words());
            default -> Stream.empty();
        };
    }

    private static List<BossBar.Change> bars(List<Received> packets) {
        return packets
            .stream()
            .map(Received::packet)
            .filter(BossBar.class::isInstance)
            .map(bar -> ((BossBar) Objects.requireNonNull(bar)).change())
            .toList();
    }

    @Test
    void aPlayerWithAnAccountWaitsEncrypted() throws IOException {
        int later = Workplace.freePort();
        String config = ProxyConfig.with("onlineMode: true", "sessionServer: " + sessionServer.address())
            .server("later", later)
            .yaml();
        try (var online = NightporterProcess.start("waiting-room-online", config)) {
            List<WirePlayer> players = new ArrayList<>();
            for (int protocol : List.of(5, 47, 340, 758, 763, 767, 775, 777)) {
                ProtocolVersion version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
                String name = "enc" + protocol;
                var handshake = new Handshake(protocol, "later.test", online.port(), Handshake.LOGIN);
                var identity = new SessionIdentity(sessionServer.address(), name);
                WirePlayer player = WirePlayer.connect(online.port(), version, handshake, name, identity);
                players.add(player);
                player.awaitReceived("the waiting room", WaitingRoomIT::isWaitingRoom);
            }
            try (WireServer appears = WireServer.start(later, 256, null, true)) {
                for (WirePlayer player : players) {
                    player.awaitReceived("the server's world", WaitingRoomIT::isServer);
                    player.chat("hello");
                    assertThat(player.awaitLogin().id()).isEqualTo(SessionIdentity.idOf(player.awaitLogin().name()));
                    player.quit();
                }
                assertThat(appears.port()).isEqualTo(later);
            }
        }
    }

    /** Such as one that hangs: its port is open. */
    @Test
    void aServerThatSaysNothingIsWaitedForInTheGameToo() throws IOException {
        var delays = new Delays("own codec: login start to waiting room, where the server accepts and says nothing");
        try (
            var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var other = NightporterProcess.start(
                "waiting-room-silent",
                ProxyConfig.with("onlineMode: false").server("silent", silent.getLocalPort()).yaml()
            )
        ) {
            scout(other, "silent.test");
            for (int protocol : List.of(777, 5, 47, 404, 763, 767)) {
                ProtocolVersion version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
                long begun = System.nanoTime();
                try (var player = WirePlayer.connect(other.port(), version, "silent.test", name(version))) {
                    Received join = player.awaitReceived("the waiting room", WaitingRoomIT::isWaitingRoom);
                    delays.add(version.toString(), Duration.ofNanos(join.at() - begun));
                }
            }
        }
        delays.publish();
        assertThat(delays.longest()).isLessThan(SECOND);
    }
}
