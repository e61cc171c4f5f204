package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an actor does at a node, one thing at a time, so that two calls for one server never meet. The work blocks on a thread
 * of its own; its outcome comes back through the mailbox.
 */
final class Work {

    /** Something that blocks. */
    @FunctionalInterface
    interface Job<T extends @Nullable Object> {
        T run() throws DriverException;
    }

    /** What to do with the outcome, in the actor. */
    interface Outcome<T extends @Nullable Object> {
        void done(T result);

        void failed(DriverException why);
    }

    private static final Logger log = LoggerFactory.getLogger(Work.class);

    private final Timekeeper time;
    private final Consumer<Runnable> post;
    private final Runnable whenFree;
    private final String server;
    private boolean busy;
    private @Nullable Thread thread;

    /**
     * @param post takes what is to be done in the actor
     * @param whenFree in the actor, after each outcome
     */
    Work(String server, Timekeeper time, Consumer<Runnable> post, Runnable whenFree) {
        this.server = server;
        this.time = time;
        this.post = post;
        this.whenFree = whenFree;
    }

    boolean busy() {
        return busy;
    }

    <T extends @Nullable Object> void begin(Job<T> job, Outcome<T> outcome) {
        begin(job, outcome, false);
    }

    /** The same, for what takes long and can be {@link #interrupt}ed. */
    <T extends @Nullable Object> void beginLong(Job<T> job, Outcome<T> outcome) {
        begin(job, outcome, true);
    }

    private <T extends @Nullable Object> void begin(Job<T> job, Outcome<T> outcome, boolean canBeInterrupted) {
        if (busy) {
            throw new IllegalStateException("there is work going on");
        }
        busy = true;
        time.run(() -> {
            Runnable letter = () -> {};
            begun(canBeInterrupted ? Thread.currentThread() : null);
            try {
                T result = job.run();
                letter = () -> outcome.done(result);
            } catch (DriverException e) {
                letter = () -> outcome.failed(e);
            } catch (RuntimeException e) {
                log.error("fleet work failed server={}", server, e);
                var refused = new NodeRefusedException(
                    "of server " + server,
                    "an error inside Nightporter, " + e,
                    "Please report it, with the log.",
                    e
                );
                letter = () -> outcome.failed(refused);
            } finally {
                begun(null);
                finish(letter);
            }
        });
    }

    private void finish(Runnable letter) {
        post.accept(() -> {
            busy = false;
            try {
                letter.run();
            } finally {
                if (!busy) {
                    whenFree.run();
                }
            }
        });
    }

    private synchronized void begun(@Nullable Thread current) {
        thread = current;
    }

    /** What is being done is not wanted any more. If it takes long it is cut short; its outcome comes in any case. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
