package io.nightporter.orchestrator.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that passes when it is told to. Everything runs on the thread that tells it, one after the other and always in the
 * same order, so a test that fails once fails always.
 */
final class SimTime {

    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private static final int TOO_MUCH_AT_ONCE = 10_000;

    private record Entry(Instant at, long number, Runnable task) {}

    /** What is thrown where a process was killed: nothing may catch it. */
    static final class Killed extends Error {}

    private final PriorityQueue<Entry> queue = new PriorityQueue<>(
        Comparator.comparing(Entry::at).thenComparingLong(Entry::number)
    );
    private Instant now = START;
    private long number;
    private int atOnce;

    Instant now() {
        return now;
    }

    void at(Instant when, Runnable task) {
        queue.add(new Entry(when.isBefore(now) ? now : when, number++, task));
    }

    void after(Duration delay, Runnable task) {
        at(now.plus(delay), task);
    }

    /** Lets so much time pass. */
    void pass(Duration duration) {
        Instant end = now.plus(duration);
        for (Entry next = queue.peek(); next != null && !next.at.isAfter(end); next = queue.peek()) {
            queue.remove();
            atOnce = next.at.equals(now) ? atOnce + 1 : 0;
            if (atOnce > TOO_MUCH_AT_ONCE) {
                throw new AssertionError("something runs in circles at " + now);
            }
            now = next.at;
            try {
                next.task.run();
            } catch (Killed _) {
                // That was the last that this process did.
            }
        }
        now = end;
    }

    /** Lets all happen that is to happen at this moment. */
    void settle() {
        pass(Duration.ZERO);
    }

    /** The time as one process sees it; when that is killed nothing of it happens any more. */
    final class Life implements Timekeeper {

        private boolean over;

        void end() {
            over = true;
        }

        boolean over() {
            return over;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public void run(Runnable task) {
            SimTime.this.after(Duration.ZERO, () -> {
                if (!over) {
                    task.run();
                }
            });
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            boolean[] cancelled = new boolean[1];
            SimTime.this.after(delay, () -> {
                if (!over && !cancelled[0]) {
                    task.run();
                }
            });
            return () -> cancelled[0] = true;
        }
    }
}
