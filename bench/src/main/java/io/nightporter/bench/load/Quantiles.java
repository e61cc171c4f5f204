package io.nightporter.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What a histogram of times says, in microseconds; all zero where nothing was recorded. */
record Quantiles(long count, double p50, double p99, double p999, double max) {
    private static final long HIGHEST = TimeUnit.MINUTES.toNanos(2);

    /** For nanoseconds, exact to 0.8 %. */
    static Histogram histogram() {
        return new Histogram(1, HIGHEST, 2);
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, HIGHEST));
    }

    static Quantiles of(Histogram nanos) {
        return new Quantiles(
            nanos.getTotalCount(),
            micros(nanos.getValueAtPercentile(50)),
            micros(nanos.getValueAtPercentile(99)),
            micros(nanos.getValueAtPercentile(99.9)),
            micros(nanos.getMaxValue())
        );
    }

    private static double micros(long nanos) {
        return nanos / 1e3;
    }
}
