package io.nightporter.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Property(tries = 200)
    void nobodySendsMoreThanTheRateAndWhatMayComeAtOnce(
        @ForAll long seed,
        @ForAll @IntRange(min = 1, max = 100_000) int rate,
        @ForAll @LongRange(min = Long.MIN_VALUE, max = Long.MAX_VALUE) long begin
    ) {
        Random random = new Random(seed);
        Allowance allowance = new Allowance(rate, begin);
        long sent = 0;
        long time = 0;
        for (int i = 0; i < 500; i++) {
            time += random.nextLong(SECOND);
            int amount = random.nextInt(2 * rate + 1);
            if (!allowance.overdrawnBy(amount) || allowance.settle(begin + time)) {
                sent += amount;
                assertThat(sent).isLessThanOrEqualTo((long) (rate * (5 + time / (double) SECOND)) + 1);
            } else {
                time += allowance.debt().toNanos();
                sent += amount;
                assertThat(allowance.settle(begin + time))
                    .as("after the debt has been waited for")
                    .isTrue();
            }
        }
    }

    @Test
    void withoutALimitNothingIsTooMuch() {
        Allowance allowance = new Allowance(0, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(allowance.overdrawnBy(Integer.MAX_VALUE)).isFalse();
        }
    }

    @Test
    void whoStaysBelowTheRateIsNeverStopped() {
        Allowance allowance = new Allowance(100, 0);
        for (int second = 1; second <= 1000; second++) {
            assertThat(allowance.overdrawnBy(100) && !allowance.settle(second * SECOND)).isFalse();
        }
    }

    @Test
    void anHourOfSilenceIsNotSavedUp() {
        Allowance allowance = new Allowance(100, 0);
        allowance.overdrawnBy(500);
        assertThat(allowance.overdrawnBy(1)).isTrue();
        assertThat(allowance.settle(3600 * SECOND)).isTrue();
        assertThat(allowance.overdrawnBy(500)).isFalse();
        assertThat(allowance.overdrawnBy(1) && !allowance.settle(3600 * SECOND)).isTrue();
    }
}
