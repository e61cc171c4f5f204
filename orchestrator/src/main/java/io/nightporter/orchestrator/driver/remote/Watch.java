package io.nightporter.orchestrator.driver.remote;

import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.DriverListener;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after those servers of another system that somebody has asked for, because it does not tell by itself. What was said a
 * moment ago is not asked for again, and after an error nothing is asked for a while.
 */
final class Watch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private static final Duration AWAKE = Duration.ofSeconds(2);
    private static final Duration ASLEEP = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration TICK = Duration.ofMillis(250);
    /** Servers are looked at every minute by the fleet; who is not, is no server any more. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);
    /** So long a server may be said not to run after it was started. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Asks the other system. Blocks. */
    @FunctionalInterface
    interface Question {
        /** @param wanted whether it was started a moment ago */
        Optional<SeenInstance> ask(String id, boolean wanted) throws DriverException;
    }

    /** What is known of one server. */
    private static final class Known {

        private Optional<SeenInstance> seen = Optional.empty();
        private @Nullable DriverException trouble;
        private boolean asked;
        private int failures;
        private long freshUntil = System.nanoTime();
        private long wantedUntil = System.nanoTime();
        private volatile long lookedForAt = System.nanoTime();
        /** Whoever asked for it first is asking. */
        private volatile long nextLook = System.nanoTime() + AWAKE.toNanos();
    }

    private final String node;
    private final Question question;
    private final Map<String, Known> all = new ConcurrentHashMap<>();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();
    private final List<DriverListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;

    Watch(String node, Question question) {
        this.node = node;
        this.question = question;
    }

    Optional<SeenInstance> find(String id) throws DriverException {
        Known known = all.computeIfAbsent(id, _ -> new Known());
        known.lookedForAt = System.nanoTime();
        return look(id, known);
    }

    private Optional<SeenInstance> look(String id, Known known) throws DriverException {
        synchronized (known) {
            if (known.asked && System.nanoTime() - known.freshUntil < 0) {
                if (known.trouble != null) {
                    throw known.trouble;
                }
                return known.seen;
            }
            try {
                known.seen = question.ask(id, System.nanoTime() - known.wantedUntil < 0);
                known.trouble = null;
                known.failures = 0;
                remember(known, AWAKE.multipliedBy(9).dividedBy(10));
                boolean alive = known.seen.filter(SeenInstance::alive).isPresent();
                known.nextLook = System.nanoTime() + (alive ? AWAKE : ASLEEP).toNanos();
                return known.seen;
            } catch (DriverException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                known.trouble = e;
                Duration pause = pause(known.failures++);
                remember(known, pause);
                known.nextLook = System.nanoTime() + pause.toNanos();
                throw e;
            }
        }
    }

    private static void remember(Known known, Duration time) {
        known.asked = true;
        known.freshUntil = System.nanoTime() + time.toNanos();
    }

    /** Twice as long each time, and never at the same time as somebody else. */
    private static Duration pause(int failures) {
        Duration whole = AWAKE.multipliedBy(1L << Math.min(failures, 5));
        whole = whole.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : whole;
        return whole.multipliedBy(ThreadLocalRandom.current().nextInt(50, 101)).dividedBy(100);
    }

    void started(String id) {
        change(id, System.nanoTime() + PATIENCE.toNanos());
    }

    void stopped(String id) {
        change(id, System.nanoTime());
    }

    /** What was known is not so any more. */
    private void change(String id, long wantedUntil) {
        Known known = all.computeIfAbsent(id, _ -> new Known());
        synchronized (known) {
            known.wantedUntil = wantedUntil;
            known.asked = false;
            known.failures = 0;
        }
        known.nextLook = System.nanoTime();
    }

    synchronized Subscription subscribe(DriverListener listener) {
        listeners.add(listener);
        if (thread == null) {
            thread = Thread.ofVirtual()
                .name("remote-" + node)
                .start(this::run);
        }
        return () -> listeners.remove(listener);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long now = System.nanoTime();
                all.values().removeIf(known -> now - known.lookedForAt > FORGOTTEN.toNanos());
                all.forEach((id, known) -> {
                    if (now - known.nextLook >= 0 && asking.add(id)) {
                        Thread.ofVirtual()
                            .name("remote-" + node)
                            .start(() -> watch(id, known));
                    }
                });
                Thread.sleep(TICK);
            }
        } catch (InterruptedException _) {
            // It was closed.
        }
    }

    private void watch(String id, Known known) {
        try {
            Optional<SeenInstance> before = known.seen;
            Optional<SeenInstance> after = look(id, known);
            if (!same(before, after)) {
                tell(id, after);
            }
        } catch (DriverException _) {
            // Whoever wants to know it asks.
        } finally {
            asking.remove(id);
        }
    }

    private static boolean same(Optional<SeenInstance> before, Optional<SeenInstance> after) {
        return Objects.equals(before, after);
    }

    private synchronized void tell(String id, Optional<SeenInstance> after) {
        DriverEvent.Change change = after.isEmpty()
            ? DriverEvent.Change.REMOVED
            : after.get().alive()
              ? DriverEvent.Change.STARTED
              : DriverEvent.Change.ENDED;
        var event = new DriverEvent.Changed(id, id, Map.of(), change, null);
        for (DriverListener listener : listeners) {
            try {
                listener.heard(event);
            } catch (RuntimeException e) {
                log.error("event not handled node={} event={}", node, event, e);
            }
        }
    }

    @Override
    public synchronized void close() {
        listeners.clear();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
