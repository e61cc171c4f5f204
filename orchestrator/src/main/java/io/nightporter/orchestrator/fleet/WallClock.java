package io.nightporter.orchestrator.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The real time, and virtual threads. */
public final class WallClock implements Timekeeper, AutoCloseable {

    private final ZoneId zone;
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(
        1,
        Thread.ofPlatform().daemon().name("fleet-timers").factory()
    );

    /** @param zone in which awake windows are meant */
    public WallClock(ZoneId zone) {
        this.zone = zone;
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public void run(Runnable task) {
        Thread.ofVirtual().name("fleet").start(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        try {
            Future<?> future = timers.schedule(() -> run(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException _) {
            return () -> {};
        }
    }

    /** What is to happen later, does not. */
    @Override
    public void close() {
        timers.shutdownNow();
    }
}
