package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartTimesTest {

    /** 10, 20, … 100 seconds. */
    private static final StartTimes TEN = new StartTimes(
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> Duration.ofSeconds(110 - 10L * i))
            .toList()
    );

    @Test
    void percentilesAreTimesThatWereTaken() {
        assertThat(TEN.percentile(0.5)).hasSeconds(50);
        assertThat(TEN.percentile(0.9)).hasSeconds(90);
        assertThat(TEN.percentile(1)).hasSeconds(100);
        assertThat(TEN.percentile(0)).hasSeconds(10);
        assertThat(StartTimes.UNKNOWN.percentile(0.5)).isNull();
    }

    @Test
    void whatRemainsIsJudgedByTheStartsThatTookLonger() {
        assertThat(TEN.remaining(Duration.ZERO)).hasSeconds(60);
        assertThat(TEN.remaining(Duration.ofSeconds(75))).hasSeconds(15);
        assertThat(TEN.remaining(Duration.ofSeconds(99))).hasSeconds(1);
        assertThat(TEN.remaining(Duration.ofSeconds(100))).isNull();
        assertThat(StartTimes.UNKNOWN.remaining(Duration.ZERO)).isNull();
    }
}
