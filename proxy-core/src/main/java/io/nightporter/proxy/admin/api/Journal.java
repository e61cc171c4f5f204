package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.FleetListener;
import io.nightporter.orchestrator.model.FleetEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The latest events in the order in which they were told, which is the same for everybody who reads along. The ids are not
 * quite in that order: of two servers' events, the one with the lower id may be recorded later.
 */
final class Journal implements FleetListener, AutoCloseable {

    private static final int KEPT = 4096;

    /**
     * What came, and where it goes on.
     *
     * @param events may be empty, when nothing came in time
     */
    record Part(List<FleetEvent> events, long next) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<FleetEvent> kept = new ArrayDeque<>();
    /** The number of the first one that is kept. */
    private long first;
    private boolean closed;

    @Override
    public void heard(FleetEvent event) {
        lock.lock();
        try {
            kept.add(event);
            if (kept.size() > KEPT) {
                kept.remove();
                first++;
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Where the next event will be. */
    long end() {
        lock.lock();
        try {
            return first + kept.size();
        } finally {
            lock.unlock();
        }
    }

    /** Where it goes on behind an event; empty if that is not here. */
    OptionalLong behind(String id) {
        lock.lock();
        try {
            long place = first;
            for (FleetEvent event : kept) {
                place++;
                if (event.id().equals(id)) {
                    return OptionalLong.of(place);
                }
            }
            return OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for events.
     *
     * @return null: there is nothing more to be had here, because this was closed, or the place is too far back
     */
    @Nullable
    Part await(long from, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!closed && from >= first + kept.size() && left > 0) {
                left = more.awaitNanos(left);
            }
            if (closed || from < first) {
                return null;
            }
            List<FleetEvent> events = new ArrayList<>();
            long place = first;
            for (FleetEvent event : kept) {
                if (place++ >= from) {
                    events.add(event);
                }
            }
            return new Part(List.copyOf(events), place);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
