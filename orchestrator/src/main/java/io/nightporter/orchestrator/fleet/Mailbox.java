package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.store.StoreException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after the other, in the order in which it came, on a virtual thread that is there as long as
 * there is something to do: a thousand sleeping servers have no thread at all.
 */
final class Mailbox {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final String owner;
    private final Timekeeper time;
    private final ConcurrentLinkedQueue<Runnable> letters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Mailbox(String owner, Timekeeper time) {
        this.owner = owner;
        this.time = time;
    }

    void post(Runnable letter) {
        letters.add(letter);
        if (waiting.getAndIncrement() == 0) {
            time.run(this::empty);
        }
    }

    private void empty() {
        do {
            Runnable letter = letters.remove();
            try {
                letter.run();
            } catch (StoreException e) {
                // The store tells of it, and the actor tries again.
                log.debug("records failed server={} reason=\"{}\"", owner, e.getMessage());
            } catch (RuntimeException e) {
                log.error("fleet message failed server={}", owner, e);
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
