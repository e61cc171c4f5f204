package io.nightporter.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.ServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AddressBookTest {

    private static final int PROTOCOL = 765;

    /** What the book logs is collected here instead of being shown thousands of times. */
    private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

    private static final Logger LOGGER = Logger.getLogger(AddressBook.class.getName());

    static {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    LOG.add(entry.getLevel() + " " + entry.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            }
        );
    }

    private final ServerAddress a = address(1, VersionRange.ALL);
    private final ServerAddress b = address(2, VersionRange.ALL);
    private final ServerAddress c = address(3, VersionRange.ALL);
    private final ServerSettings server = server(a, b, c);

    private long now = Long.MAX_VALUE - 5_000_000_000L; // the clock may overflow, as nanoTime may
    private double shortened;
    private final AddressBook book = new AddressBook(Whereabouts.CONFIGURED, () -> now, () -> shortened);

    @Test
    void newAddressesComeInTheOrderOfTheFile() {
        assertThat(candidates()).containsExactly(a, b, c);
    }

    @Test
    void fewestPlayersComeFirstAndTheFileDecidesBetweenEquals() {
        book.joined(a);
        book.joined(a);
        book.joined(b);
        assertThat(candidates()).containsExactly(c, b, a);
        book.left(a);
        assertThat(candidates()).containsExactly(c, a, b);
    }

    @Test
    void playersAreCountedPerAddressAndNeverBelowZero() {
        book.left(a);
        book.joined(a);
        assertThat(book.players(a)).isEqualTo(1);
        book.left(a);
        book.left(a);
        book.joined(a);
        assertThat(book.players(a)).isEqualTo(1);
        assertThat(book.players(b)).isZero();
    }

    @Test
    void playersStayCountedWhenAReloadChangesTheVersions() {
        book.joined(a);
        assertThat(book.players(new ServerAddress(a.address(), new VersionRange(5, 47)))).isEqualTo(1);
    }

    @Test
    void onlyAddressesOfTheRightVersionAreOffered() {
        ServerAddress old = address(4, new VersionRange(4, 340));
        ServerAddress recent = address(5, new VersionRange(763, 777));
        assertThat(book.candidates(server(old, recent), 47)).containsExactly(old);
        assertThat(book.candidates(server(old, recent), 765)).containsExactly(recent);
        assertThat(book.candidates(server(old, recent), 500)).isEmpty();
    }

    @Test
    void anUnreachableAddressIsSkippedUntilItsBackOffHasPassed() {
        book.failed(a, "refused");
        assertThat(book.healthy(a)).isFalse();
        assertThat(candidates()).containsExactly(b, c);
        pass(Duration.ofMillis(999));
        assertThat(candidates()).containsExactly(b, c);
        pass(Duration.ofMillis(1));
        assertThat(candidates()).containsExactly(a, b, c);
    }

    @Test
    void theBackOffDoublesUpToHalfAMinute() {
        for (int seconds : new int[] { 1, 2, 4, 8, 16, 30, 30, 30 }) {
            book.failed(a, "refused");
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(candidates()).as("before %d s", seconds).doesNotContain(a);
            pass(Duration.ofNanos(1));
            assertThat(candidates()).as("after %d s", seconds).contains(a);
        }
    }

    @Test
    void theBackOffIsShortenedByUpToAQuarter() {
        shortened = 1;
        book.failed(a, "refused");
        pass(Duration.ofMillis(750));
        assertThat(candidates()).contains(a);
    }

    @Test
    void onlyOneIsSentToTryAnAddressAgain() {
        book.failed(a, "refused");
        pass(Duration.ofSeconds(1));
        assertThat(candidates()).startsWith(a);
        assertThat(candidates()).doesNotContain(a);
        book.worked(a);
        assertThat(candidates()).startsWith(a);
        assertThat(candidates()).startsWith(a);
    }

    @Test
    void whoWasSentToTryAndNeverReportsKeepsTheAddressFromNobodyForLong() {
        book.failed(a, "refused");
        pass(Duration.ofSeconds(1));
        assertThat(candidates()).startsWith(a);
        pass(Duration.ofSeconds(1));
        assertThat(candidates()).startsWith(a);
    }

    @Test
    void ofManyThreadsExactlyOneIsSentToTry() throws InterruptedException {
        book.failed(a, "refused");
        pass(Duration.ofSeconds(1));
        List<ServerAddress> firsts = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(
                Thread.startVirtualThread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    ServerAddress first = candidates().getFirst();
                    synchronized (firsts) {
                        firsts.add(first);
                    }
                })
            );
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(firsts).hasSize(50).containsOnlyOnce(a).contains(b).doesNotContain(c);
    }

    @Test
    void severalFailuresOfOneMomentCountOnce() {
        for (int i = 0; i < 10; i++) {
            book.failed(a, "refused");
        }
        pass(Duration.ofSeconds(1));
        assertThat(candidates()).contains(a);
    }

    @Test
    void whenAllAreUnreachableAllAreOfferedTheSoonestDueFirst() {
        book.failed(c, "refused");
        pass(Duration.ofMillis(100));
        book.failed(a, "refused");
        pass(Duration.ofMillis(100));
        book.failed(b, "refused");
        assertThat(candidates()).containsExactly(c, a, b);
        assertThat(candidates()).containsExactly(c, a, b);
    }

    @Test
    void aSuccessHealsAndForgetsTheBackOff() {
        book.failed(a, "refused");
        pass(Duration.ofSeconds(1));
        book.failed(a, "refused");
        book.worked(a);
        assertThat(book.healthy(a)).isTrue();
        book.failed(a, "refused");
        pass(Duration.ofSeconds(1));
        assertThat(candidates()).contains(a);
    }

    @Test
    void eachChangeOfHealthIsLoggedOnce() {
        LOG.clear();
        book.worked(a);
        book.failed(a, "connection refused");
        book.failed(a, "connection refused");
        pass(Duration.ofSeconds(1));
        book.failed(a, "timed out");
        book.worked(a);
        book.worked(a);
        assertThat(LOG).containsExactly(
            "WARNING address unreachable address=10.0.0.1:1 reason=\"connection refused\" retryMs=1000",
            "INFO address reachable again address=10.0.0.1:1 failures=2"
        );
    }

    @Test
    void failingAndHealingDoNotTouchTheNumberOfPlayers() {
        book.joined(a);
        book.failed(a, "refused");
        book.joined(a);
        book.worked(a);
        assertThat(book.players(a)).isEqualTo(2);
    }

    @Property(tries = 500)
    void whatIsOfferedIsRightAtEveryMoment(
        @ForAll("addresses") List<ServerAddress> addresses,
        @ForAll("steps") List<Step> steps
    ) {
        AddressBook book = new AddressBook(Whereabouts.CONFIGURED, () -> now, () -> shortened);
        ServerSettings settings = server(addresses.toArray(ServerAddress[]::new));
        List<ServerAddress> fitting = addresses
            .stream()
            .filter(x -> x.versions().contains(PROTOCOL))
            .toList();
        for (Step step : steps) {
            ServerAddress address = addresses.get(step.which % addresses.size());
            switch (step.what) {
                case JOIN -> book.joined(address);
                case LEAVE -> book.left(address);
                case FAIL -> book.failed(address, "refused");
                case WORK -> book.worked(address);
                case WAIT -> pass(Duration.ofMillis(step.which * 300L));
            }
            List<ServerAddress> offered = book.candidates(settings, PROTOCOL);
            Set<ServerAddress> healthy = new HashSet<>(fitting);
            healthy.removeIf(x -> !book.healthy(x));
            assertThat(fitting).containsAll(offered);
            assertThat(offered).doesNotHaveDuplicates();
            if (healthy.isEmpty()) {
                assertThat(offered).containsExactlyInAnyOrderElementsOf(fitting);
            } else {
                assertThat(offered).containsAll(healthy);
                assertThat(offered).isSortedAccordingTo(
                    Comparator.<ServerAddress>comparingInt(book::players).thenComparingInt(addresses::indexOf)
                );
            }
        }
    }

    @Property(tries = 200)
    void nobodyWhoCanBeReachedStarves(@ForAll("steps") List<Step> past, @ForAll boolean shortest) {
        AddressBook book = new AddressBook(Whereabouts.CONFIGURED, () -> now, () -> shortest ? 1 : 0);
        for (Step step : past) {
            ServerAddress address = server.addresses().get(step.which % 3);
            switch (step.what) {
                case FAIL, LEAVE -> book.failed(address, "refused");
                case WORK, JOIN -> book.worked(address);
                case WAIT -> pass(Duration.ofMillis(step.which * 300L));
            }
        }
        // now all can be reached again and a player comes every second
        for (int i = 0; i < 120; i++) {
            ServerAddress chosen = book.candidates(server, PROTOCOL).getFirst();
            book.worked(chosen);
            book.joined(chosen);
            pass(Duration.ofSeconds(1));
        }
        assertThat(server.addresses()).allSatisfy(address -> assertThat(book.players(address)).isEqualTo(40));
    }

    @Provide
    Arbitrary<List<ServerAddress>> addresses() {
        return Arbitraries.of(VersionRange.ALL, new VersionRange(4, 340), new VersionRange(764, 777))
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(ranges -> {
                List<ServerAddress> addresses = new ArrayList<>();
                for (VersionRange range : ranges) {
                    addresses.add(address(addresses.size() + 1, range));
                }
                return addresses;
            });
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(What.values()), Arbitraries.integers().between(0, 40))
            .as(Step::new)
            .list()
            .ofMaxSize(40);
    }

    enum What {
        JOIN,
        LEAVE,
        FAIL,
        WORK,
        WAIT,
    }

    record Step(What what, int which) {}

    private List<ServerAddress> candidates() {
        return book.candidates(server, PROTOCOL);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static ServerAddress address(int port, VersionRange versions) {
        return SampleConfiguration.address("10.0.0.1", port, versions);
    }

    private static ServerSettings server(ServerAddress... addresses) {
        return SampleConfiguration.server("main", List.of("*"), addresses);
    }
}
