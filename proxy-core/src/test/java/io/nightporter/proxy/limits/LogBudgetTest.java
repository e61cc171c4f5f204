package io.nightporter.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogBudgetTest {

    private final FakeTime time = new FakeTime(Duration.ofSeconds(10));
    private final List<Integer> reports = new ArrayList<>();
    private final LogBudget budget = new LogBudget(20, 100, time, time, reports::add);

    @Test
    void aBurstIsWrittenWholeAndAFloodOnlyInPart() {
        assertThat(written(100)).isEqualTo(100);
        assertThat(written(5000)).isZero();
        time.pass(Duration.ofSeconds(1));
        assertThat(written(5000)).isEqualTo(20);
    }

    @Test
    void oneLineSaysHowManyWereLeftOutAlsoWhenNothingMoreComes() {
        written(150);
        assertThat(reports).isEmpty();
        time.pass(Duration.ofSeconds(10));
        assertThat(reports).containsExactly(50);
        time.pass(Duration.ofMinutes(1));
        assertThat(reports).containsExactly(50);
        assertThat(time.nothingIsPlanned()).isTrue();
    }

    @Test
    void quietTimesCostNothing() {
        written(10);
        assertThat(time.nothingIsPlanned()).isTrue();
    }

    private int written(int attempts) {
        int written = 0;
        for (int i = 0; i < attempts; i++) {
            if (budget.spend()) {
                written++;
            }
        }
        return written;
    }
}
