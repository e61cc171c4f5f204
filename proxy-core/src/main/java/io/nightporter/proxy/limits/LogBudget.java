package io.nightporter.proxy.limits;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** A number of log lines a second, and a count of those that were left out. For any thread. */
final class LogBudget {

    private final Rate rate;
    private final LongSupplier nanos;
    private final Executor later;
    private final IntConsumer reporter;
    private long fullAt;
    private int leftOut;

    /**
     * @param linesPerSecond in the long run
     * @param burst how many may come at once
     * @param nanos the time, as {@link System#nanoTime}
     * @param later runs what it is given after some seconds
     * @param reporter is told how many lines were left out since it was told last
     */
    LogBudget(int linesPerSecond, int burst, LongSupplier nanos, Executor later, IntConsumer reporter) {
        this.rate = Rate.of(linesPerSecond, Duration.ofSeconds(1), burst);
        this.nanos = nanos;
        this.later = later;
        this.reporter = reporter;
        this.fullAt = nanos.getAsLong();
    }

    /** Whether one more line may be written now. */
    boolean spend() {
        boolean first;
        synchronized (this) {
            long now = nanos.getAsLong();
            long after = rate.afterOneMore(fullAt, now);
            if (rate.shortage(after, now) == 0) {
                fullAt = after;
                return true;
            }
            first = leftOut == 0;
            leftOut++;
        }
        if (first) {
            later.execute(this::report);
        }
        return false;
    }

    private void report() {
        int count;
        synchronized (this) {
            count = leftOut;
            leftOut = 0;
        }
        reporter.accept(count);
    }
}
