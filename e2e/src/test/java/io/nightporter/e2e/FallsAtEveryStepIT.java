package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Fault;
import io.nightporter.e2e.wire.Fault.Manner;
import io.nightporter.e2e.wire.Fault.Step;
import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.e2e.wire.WireWorld;
import io.nightporter.protocol.packet.BundleDelimiter;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that fails at any step of login, configuration and the beginning of the game, in any way, throws nobody out:
 * its player waits, and is in the game as soon as the server behaves.
 */
@Timeout(120)
class FallsAtEveryStepIT {

    private static final ProtocolVersions VERSIONS = ProtocolVersions.builtIn();
    private static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();
    private static final Map<String, Integer> LOGINS = new ConcurrentHashMap<>();
    private static final int[] PROTOCOLS = { 47, 340, 754, 762, 764, 765, 767, 772, 775, 776, 777 };
    private static final Map<Integer, Map<Case, Future<?>>> FALLS = new LinkedHashMap<>();
    private static WireServer server;
    private static NightporterProcess nightporter;

    /** What one player has to go through. */
    private record Case(int protocol, Step at, Manner how, int number) {
        String player() {
            return "p%d_%d".formatted(protocol, number);
        }

        /** Each player has its own, so that the server knows its case before the login. */
        String host() {
            return player() + ".falls.test";
        }
    }

    @BeforeAll
    static void start() {
        server = WireServer.start(256, null);
        // Each fault happens once.
        server.fail(handshake -> {
            if (handshake.intent() == Handshake.STATUS) {
                return null;
            }
            String player = handshake.address().split("\\.")[0];
            LOGINS.merge(player, 1, Integer::sum);
            return FAULTS.remove(player);
        });
        String config = """
        proxy:
          listen: 127.0.0.1:{PORT}
          onlineMode: false
          timeouts: { read: 6s }
        waitingRoom: { stallAfter: 3s }
        admin: { listen: "127.0.0.1:{ADMIN}" }
        fleet:
          servers:
            falls: { hosts: ["*.falls.test"], address: "127.0.0.1:%d" }
        """.formatted(server.port());
        nightporter = NightporterProcess.start("falls-steps", config);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int protocol : PROTOCOLS) {
            FALLS.put(protocol, begin(protocol, threads));
        }
        threads.shutdown();
    }

    /** Those of all versions fall side by side. */
    private static Map<Case, Future<?>> begin(int protocol, ExecutorService threads) {
        Map<Case, Future<?>> cases = new LinkedHashMap<>();
        for (Step at : Step.values()) {
            for (Manner how : Manner.values()) {
                if (how.isForGood() && at.existsIn(protocol)) {
                    var one = new Case(protocol, at, how, cases.size());
                    cases.put(
                        one,
                        threads.submit(() -> {
                            fall(one);
                            return null;
                        })
                    );
                }
            }
        }
        return cases;
    }

    @AfterAll
    static void end() {
        nightporter.close();
        server.close();
    }

    static IntStream protocols() {
        return IntStream.of(PROTOCOLS);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void whereverAServerFailsItsPlayerWaitsAndIsLetInAgain(int protocol) throws Exception {
        Map<Case, Future<?>> cases = Objects.requireNonNull(FALLS.get(protocol));
        List<String> failures = new ArrayList<>();
        for (var one : cases.entrySet()) {
            try {
                one.getValue().get();
            } catch (ExecutionException e) {
                failures.add(one.getKey() + ": " + e.getCause());
            }
        }
        assertThat(failures).as("failures of %d cases", cases.size()).isEmpty();
        assertThat(Vitals.faults(nightporter.child().lines())).isEmpty();
    }

    private static void fall(Case one) throws IOException {
        FAULTS.put(one.player(), new Fault(one.at(), one.how(), Text.plain("Server closed")));
        ProtocolVersion version = Objects.requireNonNull(VERSIONS.find(one.protocol()));
        try (WirePlayer player = WirePlayer.connect(nightporter.port(), version, one.host(), one.player())) {
            try {
                player.chatUntilHeard("here I am, " + one.player());
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "; got " + summary(player), e);
            }
            assertThat(FAULTS).as("faults that have not happened").doesNotContainKey(one.player());
            assertThat(
                player
                    .received()
                    .stream()
                    .filter(packet -> packet.name() == null)
            )
                .as("packets that the client does not know; got %s", summary(player))
                .isEmpty();
            boolean sawServer = player.received().stream().filter(FallsAtEveryStepIT::isOnTheServer).count() > 1;
            if (one.at().showsWorld() && sawServer) {
                // Where the login took its time, the client waited in the void before.
                assertThat(
                    player
                        .received()
                        .stream()
                        .dropWhile(packet -> !isOnTheServer(packet))
                        .filter(FallsAtEveryStepIT::isInTheVoid)
                )
                    .as("the world stays; got %s", summary(player))
                    .isEmpty();
            } else {
                assertThat(player.received().stream().filter(FallsAtEveryStepIT::isInTheVoid))
                    .as("there is no world, so there is a void one; got %s", summary(player))
                    .isNotEmpty();
            }
            assertThat(bundlesAreComplete(player.received()))
                .as("bundles are complete; got %s", summary(player))
                .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 762, 767, 777 })
    void aServerThatStandsStillInABundleGoesOnWithIt(int protocol) throws IOException {
        String name = "p%d_bundle".formatted(protocol);
        FAULTS.put(name, new Fault(Step.IN_A_BUNDLE, Manner.PAUSE, Text.plain("")));
        ProtocolVersion version = Objects.requireNonNull(VERSIONS.find(protocol));
        try (WirePlayer player = WirePlayer.connect(nightporter.port(), version, name + ".falls.test", name)) {
            player.chatUntilHeard("here I am, " + name);
            // Opened by the server, closed by the proxy, opened by the proxy, closed by the server.
            assertThat(player.count(BundleDelimiter.class)).as("got %s", summary(player)).isEqualTo(4);
            assertThat(player.count(JoinGame.class)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 340, 763, 764, 767, 777 })
    void aLoginThatTakesItsTimeIsNotMadeTwice(int protocol) throws IOException {
        String name = "p%d_slow".formatted(protocol);
        FAULTS.put(name, new Fault(Step.LOGIN_START_HEARD, Manner.PAUSE, Text.plain("")));
        ProtocolVersion version = Objects.requireNonNull(VERSIONS.find(protocol));
        try (WirePlayer player = WirePlayer.connect(nightporter.port(), version, name + ".falls.test", name)) {
            player.chatUntilHeard("here I am, " + name);
            assertThat(player.received().stream().filter(FallsAtEveryStepIT::isInTheVoid))
                .as("it waited in the game; got %s", summary(player))
                .isNotEmpty();
            assertThat(LOGINS.get(name)).isEqualTo(1);
        }
    }

    private static boolean isOnTheServer(Received packet) {
        return packet.packet() instanceof PlayerPosition at && at.x() == WireWorld.position().x() && at.y() < 100;
    }

    private static boolean isInTheVoid(Received packet) {
        return packet.packet() instanceof PlayerPosition at && at.y() > 300;
    }

    /** Whether no bundle is open where the client changes its world. */
    private static boolean bundlesAreComplete(List<Received> packets) {
        boolean open = false;
        for (Received packet : packets) {
            switch (packet.packet()) {
                case BundleDelimiter _ -> open = !open;
                case StartConfiguration _, JoinGame _ -> {
                    if (open) {
                        return false;
                    }
                }
                case null, default -> {
                }
            }
        }
        return true;
    }

    /** The names of all packets; of those that come again and again only the first. */
    private static String summary(WirePlayer player) {
        List<String> names = new ArrayList<>();
        for (Received packet : player.received()) {
            String name = String.valueOf(packet.name());
            if (names.isEmpty() || !names.getLast().equals(name)) {
                names.add(name);
            }
        }
        return names.toString();
    }
}
