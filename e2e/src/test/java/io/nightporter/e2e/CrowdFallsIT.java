package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand players whose server dies: all wait within two seconds, none is lost, and all are back with the server. */
@Timeout(150)
class CrowdFallsIT {

    private static final int PLAYERS = 1_000;
    private static final Duration TO_JOIN = Duration.ofSeconds(60);
    private static final Duration TO_WAIT = Duration.ofSeconds(2);
    private static final Duration TO_BE_BACK = Duration.ofSeconds(30);
    private static final Duration ABSENCE = Duration.ofSeconds(3);
    private static final long MOST_BYTES_A_PLAYER = 30 << 10;

    @ParameterizedTest
    @ValueSource(ints = { 763, 772 })
    void aThousandPlayersWaitAndAreLetInAgain(int protocol) {
        ProtocolVersion version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        var count = new Light.Count();
        Crowd server = Crowd.server(() -> new Light.World(version));
        int port = server.port();
        try (
            NightporterProcess process = NightporterProcess.start(
                "crowd-" + protocol,
                ProxyConfig.with("onlineMode: false").server("world", port).yaml()
            );
            Crowd players = Crowd.callers(process.port(), PLAYERS, () -> new Light.Player(version, "world.test", count))
        ) {
            until("players in the world", count::welcomed, PLAYERS, TO_JOIN);
            NightporterProcess.pause(Duration.ofSeconds(2));
            int waitedBefore = count.waiting();
            long rss = Vitals.of(process.child().pid()).rss();

            long killed = System.nanoTime();
            server.close();
            until("players who wait", count::waiting, waitedBefore + PLAYERS, Duration.ofSeconds(20));
            Duration allWait = Duration.ofNanos(System.nanoTime() - killed);
            NightporterProcess.pause(ABSENCE);
            long growth = (Vitals.of(process.child().pid()).rss() - rss) / PLAYERS;

            int welcomedBefore = count.welcomed();
            long restarted = System.nanoTime();
            try (Crowd _ = Crowd.server(port, () -> new Light.World(version))) {
                until("players who are back", count::welcomed, welcomedBefore + PLAYERS, TO_BE_BACK);
                Duration allBack = Duration.ofNanos(System.nanoTime() - restarted);
                System.out.printf(
                    "%d players of %s: all waited after %d ms, +%d bytes each; all were back after %d ms%n",
                    PLAYERS,
                    version.name(),
                    allWait.toMillis(),
                    growth,
                    allBack.toMillis()
                );
                assertThat(players.begun()).as("connections, one for each player").isEqualTo(PLAYERS);
                assertThat(players.connected()).isEqualTo(PLAYERS);
            }
            assertThat(allWait).isLessThan(TO_WAIT);
            assertThat(growth).as("bytes for each player who waits").isLessThan(MOST_BYTES_A_PLAYER);
            assertThat(Vitals.faults(process.child().lines())).isEmpty();
        } finally {
            server.close();
        }
    }

    private static void until(String what, IntSupplier count, int wanted, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (count.getAsInt() < wanted) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("%s: %d of %d after %s".formatted(what, count.getAsInt(), wanted, limit));
            }
            NightporterProcess.pause(Duration.ofMillis(10));
        }
    }
}
