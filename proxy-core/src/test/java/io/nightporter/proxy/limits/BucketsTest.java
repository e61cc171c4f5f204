package io.nightporter.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Nobody gets more than their share, and nobody is made to pay for others. */
class BucketsTest {

    private static final Network ONE = new Network(1L << 32);
    private static final Network OTHER = new Network(2L << 32);
    private static final Rate THIRTY_A_MINUTE = Rate.of(30, Duration.ofMinutes(1), 30);

    private final FakeTime time = new FakeTime();
    private final Buckets buckets = new Buckets(64, time);

    @Test
    void aBurstMayComeAtOnceAndThenOneForEachTokenThatFlowsIn() {
        assertThat(taken(ONE, THIRTY_A_MINUTE, 100)).isEqualTo(30);
        time.pass(Duration.ofSeconds(2));
        assertThat(taken(ONE, THIRTY_A_MINUTE, 100)).isEqualTo(1);
        time.pass(Duration.ofSeconds(20));
        assertThat(taken(ONE, THIRTY_A_MINUTE, 100)).isEqualTo(10);
        time.pass(Duration.ofHours(1));
        assertThat(taken(ONE, THIRTY_A_MINUTE, 100))
            .as("no more than a full bucket")
            .isEqualTo(30);
    }

    @Test
    void whoComesTooEarlyLearnsWhenToComeBackAndPaysNothingForAsking() {
        taken(ONE, THIRTY_A_MINUTE, 30);
        time.pass(Duration.ofMillis(500));
        assertThat(taken(ONE, THIRTY_A_MINUTE, 1000)).isZero();
        assertThat(buckets.take(ONE, THIRTY_A_MINUTE)).isEqualTo(Duration.ofMillis(1500).toNanos());
        time.pass(Duration.ofMillis(1500));
        assertThat(buckets.take(ONE, THIRTY_A_MINUTE)).isZero();
    }

    @Test
    void oneNetworkDoesNotUseUpTheTokensOfAnother() {
        taken(ONE, THIRTY_A_MINUTE, 100);
        assertThat(taken(OTHER, THIRTY_A_MINUTE, 100)).isEqualTo(30);
    }

    @Test
    void whatHasBeenTakenStaysTakenWhenTheRateChanges() {
        taken(ONE, THIRTY_A_MINUTE, 30);
        Rate sixty = Rate.of(60, Duration.ofMinutes(1), 60);
        assertThat(taken(ONE, sixty, 100))
            .as("the bucket was empty, and still is")
            .isZero();
        time.pass(Duration.ofSeconds(10));
        assertThat(taken(ONE, sixty, 100)).isEqualTo(10);
    }

    @Test
    void moreNetworksThanHaveAPlaceNeitherFailNorKeepOthersOut() {
        for (long i = 0; i < 100_000; i++) {
            assertThat(buckets.take(new Network(i << 32), THIRTY_A_MINUTE)).isZero();
        }
        time.pass(Duration.ofMinutes(1));
        assertThat(taken(OTHER, THIRTY_A_MINUTE, 100)).isEqualTo(30);
    }

    @Test
    void anEmptyBucketIsNotForgottenForTheSakeOfNearlyFullOnes() {
        Buckets roomForEight = new Buckets(8, time);
        for (int i = 0; i < 30; i++) {
            roomForEight.take(ONE, THIRTY_A_MINUTE);
        }
        for (long i = 0; i < 1000; i++) {
            roomForEight.take(new Network((i + 10) << 32), THIRTY_A_MINUTE);
        }
        assertThat(roomForEight.take(ONE, THIRTY_A_MINUTE)).isPositive();
    }

    @Property
    void neverMoreThanRateTimesTimePlusBurst(
        @ForAll @IntRange(min = 1, max = 1000) int events,
        @ForAll @IntRange(min = 1, max = 60) int seconds,
        @ForAll @IntRange(min = 1, max = 100) int burst,
        @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 2_000_000_000L) Long> pauses
    ) {
        Rate rate = Rate.of(events, Duration.ofSeconds(seconds), burst);
        FakeTime clock = new FakeTime();
        Buckets fresh = new Buckets(64, clock);
        double perNano = events / (seconds * 1e9);
        List<Long> allowed = new ArrayList<>();
        Deque<Long> window = new ArrayDeque<>();
        for (long pause : pauses) {
            clock.pass(Duration.ofNanos(pause));
            if (fresh.take(ONE, rate) == 0) {
                allowed.add(clock.getAsLong());
            }
        }
        assertThat(allowed).as("the first one always may").isNotEmpty();
        // Over every span of time, not only from the beginning.
        for (long last : allowed) {
            window.addLast(last);
            int count = 0;
            for (var first = window.descendingIterator(); first.hasNext(); ) {
                count++;
                assertThat((double) count).isLessThanOrEqualTo((last - first.next()) * perNano + burst + 1e-6);
            }
        }
    }

    @Test
    void severalThreadsTogetherGetNoMoreThanOne() throws InterruptedException {
        AtomicInteger taken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(
                Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < 10_000; n++) {
                        if (buckets.take(ONE, THIRTY_A_MINUTE) == 0) {
                            taken.incrementAndGet();
                        }
                    }
                })
            );
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(taken).hasValue(30);
    }

    private int taken(Network network, Rate rate, int attempts) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            if (buckets.take(network, rate) == 0) {
                taken++;
            }
        }
        return taken;
    }
}
