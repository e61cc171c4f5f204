package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverEvent.Change;
import io.nightporter.orchestrator.driver.DriverListener;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.driver.Subscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events from what is seen. The kernel tells of the end of our own children only; those that an earlier Nightporter
 * began, and pauses, are looked for twice a second.
 */
final class Watch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private static final Duration EVERY = Duration.ofMillis(500);

    /** A subscription; the same listener can have several. */
    private static final class Ear {

        final DriverListener listener;

        Ear(DriverListener listener) {
            this.listener = listener;
        }
    }

    private final String node;
    private final Runnable look;
    private final List<Ear> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, SeenInstance> known = new HashMap<>();
    private final Semaphore nudges = new Semaphore(0);
    private final ExecutorService teller;
    private @Nullable Thread thread;
    private boolean closed;

    /** @param look has a look at all that runs, and says what it {@linkplain #saw saw}; called every now and then */
    Watch(String node, Runnable look) {
        this.node = node;
        this.look = look;
        this.teller = Executors.newSingleThreadExecutor(
            Thread.ofVirtual()
                .name("process-events-" + node)
                .factory()
        );
    }

    Subscription subscribe(DriverListener listener) {
        var one = new Ear(listener);
        listeners.add(one);
        begin();
        return () -> listeners.remove(one);
    }

    /** Begins to look, if it has not yet. */
    synchronized void begin() {
        if (thread == null && !closed) {
            thread = Thread.ofVirtual()
                .name("process-watch-" + node)
                .start(this::run);
        }
    }

    /** Something may have ended. */
    void nudge() {
        nudges.release();
    }

    private void run() {
        try {
            while (!isClosed()) {
                look();
                if (nudges.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    nudges.drainPermits();
                }
            }
        } catch (InterruptedException _) {
            // It was closed.
        }
    }

    private void look() {
        try {
            look.run();
        } catch (RuntimeException e) {
            log.error("watching processes failed node={}", node, e);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** How an instance is now. Calls about the same one come in the order in which it was so. */
    synchronized void saw(SeenInstance now) {
        SeenInstance before = known.put(now.name(), now);
        if (before == null || !before.handle().equals(now.handle())) {
            return;
        }
        boolean sameRun = Objects.equals(before.startedAt(), now.startedAt());
        if (before.alive() && !(now.alive() && sameRun)) {
            tell(now, Change.ENDED, now.alive() ? null : now.exitCode());
        }
        if (now.alive() && !(before.alive() && sameRun)) {
            tell(now, Change.STARTED, null);
        }
        boolean wasPaused = before.state() == State.PAUSED && sameRun;
        if (now.state() == State.PAUSED && !wasPaused) {
            tell(now, Change.PAUSED, null);
        } else if (now.state() == State.RUNNING && wasPaused) {
            tell(now, Change.UNPAUSED, null);
        }
    }

    synchronized void created(SeenInstance now) {
        known.put(now.name(), now);
        tell(now, Change.CREATED, null);
    }

    synchronized void removed(SeenInstance last) {
        known.remove(last.name());
        tell(last, Change.REMOVED, null);
    }

    private void tell(SeenInstance instance, Change change, @Nullable Integer exitCode) {
        var event = new DriverEvent.Changed(instance.handle(), instance.name(), instance.labels(), change, exitCode);
        try {
            teller.execute(() -> {
                for (Ear ear : listeners) {
                    tell(ear.listener, event);
                }
            });
        } catch (RejectedExecutionException _) {
            // Nobody listens any more.
        }
    }

    private void tell(DriverListener listener, DriverEvent event) {
        try {
            listener.heard(event);
        } catch (RuntimeException e) {
            log.error("listener failed node={}", node, e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        listeners.clear();
        teller.shutdown();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
