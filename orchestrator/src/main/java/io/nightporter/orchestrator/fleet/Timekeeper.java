package io.nightporter.orchestrator.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The time, and what happens in it. Everything in this package that waits or runs beside others does so here. */
public interface Timekeeper {
    Instant now();

    /** In which awake windows are meant. */
    ZoneId zone();

    /** Runs something on a thread of its own, where it may block. */
    void run(Runnable task);

    /** Runs something later, on a thread of its own. */
    Timer after(Duration delay, Runnable task);

    /** Something that is to happen. */
    @FunctionalInterface
    interface Timer {
        /** It does not happen, unless it does already. */
        void cancel();
    }
}
