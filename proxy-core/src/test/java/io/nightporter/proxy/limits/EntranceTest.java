package io.nightporter.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.proxy.config.Cidr;
import io.nightporter.proxy.config.Limits;
import io.nightporter.proxy.metrics.ProxyMetrics;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may come in, and who has to go for it. */
class EntranceTest {

    private static final String HERE = "203.0.113.1";
    private static final String THERE = "198.51.100.1";

    private final List<String> log = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final FakeTime time = new FakeTime(RefusalLog.PAUSE);
    private final ProxyMetrics metrics = new ProxyMetrics("test");
    private final Entrance entrance = new Entrance(
        metrics,
        time,
        new RefusalLog(time, time, (reason, network, refused) -> log.add(reason + " " + network + " " + refused))
    );

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void twoSecondsWorthOfConnectionsMayComeAtOnceFromOneNetwork() {
        Limits limits = limits(20, 0, 0, 0);

        assertThat(admitted(limits, HERE, 100)).isEqualTo(40);
        assertThat(admitted(limits, "203.0.113.200", 100))
            .as("the same network")
            .isZero();
        assertThat(admitted(limits, THERE, 1)).isEqualTo(1);
        time.pass(Duration.ofSeconds(1));
        assertThat(admitted(limits, HERE, 100)).isEqualTo(20);
        assertThat(log).containsExactly("connection_rate 203.0.113.0/24 1");
        assertThat(metrics.scrape()).contains("nightporter_rejected_total{reason=\"connection_rate\"} 240.0");
    }

    @Test
    void whoLogsInTooOftenLearnsAfterHowManySeconds() {
        Limits limits = limits(0, 30, 0, 0);
        for (int i = 0; i < 30; i++) {
            assertThat(arrive(limits, HERE).logsIn(limits)).isZero();
        }

        assertThat(arrive(limits, HERE).logsIn(limits)).isEqualTo(2);
        assertThat(arrive(limits, THERE).logsIn(limits)).isZero();
        time.pass(Duration.ofMillis(500));
        assertThat(arrive(limits, HERE).logsIn(limits)).as("rounded up").isEqualTo(2);
        time.pass(Duration.ofMillis(1500));
        assertThat(arrive(limits, HERE).logsIn(limits)).isZero();
        assertThat(metrics.scrape()).contains("nightporter_rejected_total{reason=\"login_rate\"} 2.0");
    }

    @Test
    void nothingIsLimitedWhereTheNumberIsZeroOrTheNetworkIsExempt() {
        assertThat(admitted(limits(0, 0, 0, 0), HERE, 10_000)).isEqualTo(10_000);
        Limits exempt = new Limits(1, 1, 0, 0, 0, 1, List.of(Cidr.parse("203.0.113.0/24")));
        assertThat(admitted(exempt, HERE, 1000)).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(arrive(exempt, HERE).logsIn(exempt)).isZero();
        }
    }

    @Test
    void whatHasBeenCountedSurvivesAReload() {
        assertThat(admitted(limits(20, 0, 0, 0), HERE, 100)).isEqualTo(40);
        assertThat(admitted(limits(30, 0, 0, 0), HERE, 100)).isZero();
    }

    @Test
    void aNetworkHasOnlySoManyConnectionsThatAreNotPlayersYet() {
        Limits limits = limits(0, 0, 0, 2);
        Arrival first = arrive(limits, HERE);
        arrive(limits, HERE);

        assertThat(tryToArrive(limits, HERE)).isNull();
        assertThat(tryToArrive(limits, THERE)).isNotNull();
        assertThat(closed).as("nobody has to go for that").isEmpty();
        first.over();
        assertThat(tryToArrive(limits, HERE)).isNotNull();
        assertThat(log).containsExactly("half_open 203.0.113.0/24 1");
    }

    @Test
    void whenAllPlacesAreTakenTheOldestThatIsNotLoggingInMakesRoom() {
        Limits limits = limits(0, 0, 3, 0);
        Arrival oldest = arrive(limits, "192.0.2.1");
        arrive(limits, "192.0.2.2");
        Arrival gone = arrive(limits, "192.0.2.3");
        oldest.logsIn(limits);
        gone.over();
        arrive(limits, "192.0.2.4");
        assertThat(closed).isEmpty();

        arrive(limits, "192.0.2.5");
        assertThat(closed).containsExactly("192.0.2.2");
        arrive(limits, "192.0.2.6");
        assertThat(closed).containsExactly("192.0.2.2", "192.0.2.4");
        assertThat(metrics.scrape()).contains("nightporter_rejected_total{reason=\"half_open_evicted\"} 2.0");
    }

    @Test
    void whenAllAreLoggingInTheNewcomerIsRefused() {
        Limits limits = limits(0, 0, 2, 0);
        Arrival first = arrive(limits, HERE);
        first.logsIn(limits);
        arrive(limits, HERE).logsIn(limits);

        assertThat(tryToArrive(limits, THERE)).isNull();
        assertThat(closed).isEmpty();
        first.over();
        assertThat(tryToArrive(limits, THERE)).isNotNull();
    }

    @Test
    void whoHadToMakeRoomIsNotCountedTwiceWhenItCloses() {
        Limits limits = limits(0, 0, 1, 0);
        Arrival evicted = arrive(limits, HERE);
        Arrival present = arrive(limits, THERE);
        evicted.over();
        evicted.over();

        assertThat(entrance.halfOpen().total()).isEqualTo(1);
        present.over();
        assertThat(entrance.halfOpen().total()).isZero();
    }

    @Test
    void aLimitThatAReloadLowersIsReachedAtTheNextArrival() {
        Limits before = limits(0, 0, 10, 0);
        for (int i = 0; i < 10; i++) {
            arrive(before, "192.0.2." + i);
        }
        arrive(limits(0, 0, 4, 0), HERE);

        assertThat(closed).hasSize(7);
        assertThat(entrance.halfOpen().total()).isEqualTo(4);
    }

    @Test
    void behindABalancerTheAnnouncedAddressCountsAndNotTheBalancers() {
        Limits limits = limits(1, 1, 0, 1);
        List<Arrival> behind = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            behind.add(arrive(limits, null));
        }

        assertThat(behind.get(0).announced(limits, InetAddress.ofLiteral(HERE))).isTrue();
        assertThat(behind.get(1).announced(limits, InetAddress.ofLiteral(HERE)))
            .as("half open")
            .isFalse();
        assertThat(behind.get(2).announced(limits, InetAddress.ofLiteral(HERE)))
            .as("too fast")
            .isFalse();
        assertThat(behind.get(3).announced(limits, InetAddress.ofLiteral(THERE))).isTrue();
        assertThat(behind.get(0).logsIn(limits)).isZero();
        assertThat(behind.get(3).logsIn(limits)).isZero();
        assertThat(log).containsExactly("half_open 203.0.113.0/24 1", "connection_rate 203.0.113.0/24 1");
        behind.forEach(Arrival::over);
        assertThat(entrance.halfOpen().networks()).isZero();
    }

    @Test
    void nothingIsKeptOfNetworksFromWhichNobodyIsAtTheDoor() {
        Limits limits = limits(20, 30, 4096, 64);
        for (int i = 0; i < 10_000; i++) {
            arrive(limits, "10." + i / 250 + "." + (i % 250) + ".1").over();
        }
        assertThat(entrance.halfOpen().networks()).isZero();
        assertThat(entrance.halfOpen().total()).isZero();
    }

    @Test
    void theDeadlineIsCancelledAsSoonAsItIsOver() {
        Arrival arrival = arrive(limits(0, 0, 0, 0), HERE);
        CompletableFuture<Void> handshake = new CompletableFuture<>();
        CompletableFuture<Void> login = new CompletableFuture<>();
        arrival.deadline(handshake);
        assertThat(handshake).isNotCancelled();
        arrival.deadline(login);
        assertThat(handshake).isCancelled();
        arrival.over();
        assertThat(login).isCancelled();
    }

    private static Limits limits(int connections, int logins, int halfOpen, int halfOpenPerNetwork) {
        return new Limits(connections, logins, 0, 0, halfOpen, halfOpenPerNetwork, List.of());
    }

    private int admitted(Limits limits, String address, int attempts) {
        int admitted = 0;
        for (int i = 0; i < attempts; i++) {
            if (entrance.admits(limits, InetAddress.ofLiteral(address))) {
                admitted++;
            }
        }
        return admitted;
    }

    private Arrival arrive(Limits limits, @Nullable String address) {
        return Objects.requireNonNull(tryToArrive(limits, address));
    }

    private @Nullable Arrival tryToArrive(Limits limits, @Nullable String address) {
        return entrance.arrives(limits, address == null ? null : InetAddress.ofLiteral(address), () ->
            closed.add(String.valueOf(address))
        );
    }
}
