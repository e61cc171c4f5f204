package io.nightporter.proxy.limits;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what was refused: the first of a network at once, and what follows once in a while with its number. Never one
 * line a connection, and of a bounded number of networks at a time. For any thread.
 */
final class RefusalLog {

    static final Duration PAUSE = Duration.ofSeconds(10);
    static final int MOST_NETWORKS = 1024;

    /** Writes a line. */
    interface Line {
        /** @param network null: of no network in particular */
        void write(String reason, @Nullable Network network, long refused);
    }

    private record Subject(String reason, @Nullable Network network) {}

    private static final class Count {

        /** Since the last line. */
        private long refused;
        private long lineAt;

        Count(long lineAt) {
            this.lineAt = lineAt;
        }
    }

    private final LongSupplier nanos;
    private final Executor later;
    private final Line line;
    private final Map<Subject, Count> counts = new HashMap<>();

    /**
     * @param nanos the time, as {@link System#nanoTime}
     * @param later runs what it is given after {@link #PAUSE}
     */
    RefusalLog(LongSupplier nanos, Executor later, Line line) {
        this.nanos = nanos;
        this.later = later;
        this.line = line;
    }

    /** @param network null: one that is not counted */
    void refused(String reason, @Nullable Network network) {
        boolean first;
        boolean alone;
        Subject subject = new Subject(reason, network);
        synchronized (this) {
            alone = counts.isEmpty();
            if (counts.size() >= MOST_NETWORKS && !counts.containsKey(subject)) {
                subject = new Subject(reason, null);
            }
            Count count = counts.get(subject);
            first = count == null;
            if (count == null) {
                counts.put(subject, new Count(nanos.getAsLong()));
            } else {
                count.refused++;
            }
        }
        if (first) {
            line.write(reason, subject.network(), 1);
        }
        if (alone) {
            later.execute(this::report);
        }
    }

    /** Writes what came together, and forgets those of whom nothing more came. */
    private void report() {
        Map<Subject, Long> due = new HashMap<>();
        boolean more;
        synchronized (this) {
            long now = nanos.getAsLong();
            for (Iterator<Map.Entry<Subject, Count>> all = counts.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Subject, Count> entry = all.next();
                Count count = entry.getValue();
                if (now - count.lineAt >= PAUSE.toNanos()) {
                    if (count.refused == 0) {
                        all.remove();
                    } else {
                        due.put(entry.getKey(), count.refused);
                        count.refused = 0;
                        count.lineAt = now;
                    }
                }
            }
            more = !counts.isEmpty();
        }
        due.forEach((subject, refused) -> line.write(subject.reason(), subject.network(), refused));
        if (more) {
            later.execute(this::report);
        }
    }
}
