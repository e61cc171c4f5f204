package io.nightporter.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessClockTest {

    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void theTimeOfAThreadThatHasEndedStillCounts() throws InterruptedException {
        double before = ProcessClock.seconds(List.of(SELF));
        Thread busy = Thread.ofPlatform().start(() -> {
            // Without a limit of its own: it ends when the clock has seen it.
            while (ProcessClock.seconds(SELF) < before + 0.05) {
                Thread.onSpinWait();
            }
        });
        assertThat(busy.join(Duration.ofSeconds(20))).isTrue();

        assertThat(ProcessClock.seconds(List.of(SELF))).isGreaterThanOrEqualTo(before + 0.05);
    }

    @Test
    void itAgreesWithWhatTheJvmKnowsOfItself() {
        double jvm = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;

        assertThat(ProcessClock.seconds(SELF)).isGreaterThanOrEqualTo(jvm - 0.1);
    }

    @Test
    void aProcessThatHasEndedHasNoTime() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThatIllegalStateException()
            .isThrownBy(() -> ProcessClock.seconds(process.pid()))
            .withMessageContaining("has ended");
    }
}
