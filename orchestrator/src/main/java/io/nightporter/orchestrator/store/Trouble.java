package io.nightporter.orchestrator.store;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log that the database does not do what it should: at once, once a minute for as long as that goes on, and when it is over.
 * Everything in the fleet is tried again and again, so everybody who says it themselves would fill the disk that is full already. For
 * all threads.
 */
final class Trouble {

    private static final Logger log = LoggerFactory.getLogger(Trouble.class);

    static final long PERIOD_NANOS = 60_000_000_000L;

    private final String what;
    private final LongSupplier nanos;
    private volatile boolean going;
    private int failures;
    private long saidAt;

    /**
     * @param what cannot be done, such as written
     * @param nanos the time, as {@link System#nanoTime}
     */
    Trouble(String what, LongSupplier nanos) {
        this.what = what;
        this.nanos = nanos;
    }

    synchronized void failed(StoreException why) {
        failures++;
        long now = nanos.getAsLong();
        if (!going || now - saidAt >= PERIOD_NANOS) {
            log.error("fleet records not {} failures={} reason=\"{}\"", what, failures, why.getMessage());
            saidAt = now;
        }
        going = true;
    }

    void worked() {
        if (going) {
            over();
        }
    }

    private synchronized void over() {
        if (going) {
            log.info("fleet records {} again failures={}", what, failures);
        }
        going = false;
        failures = 0;
    }
}
