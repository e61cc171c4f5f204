package io.nightporter.proxy.limits;

import java.time.Duration;

/**
 * How fast a bucket of tokens fills, and how many it holds. A bucket is nothing but the moment, in nanoseconds, at which
 * it will be full again; each token that is taken moves that moment away by what one token takes to flow in.
 *
 * @param nanosPerEvent what one token takes
 * @param burst how many tokens a full bucket holds
 */
record Rate(long nanosPerEvent, int burst) {
    /** Rounded so that never more than {@code events} flow in. */
    static Rate of(int events, Duration period, int burst) {
        return new Rate((period.toNanos() + events - 1) / events, burst);
    }

    /**
     * When a bucket is full again after one more token has been taken.
     *
     * @param fullAt when it is, or was, full without that
     */
    long afterOneMore(long fullAt, long now) {
        return (fullAt - now > 0 ? fullAt : now) + nanosPerEvent;
    }

    /** Nanoseconds until there is a token for an event that would make the bucket full at that moment; 0: there is. */
    long shortage(long fullAfterwards, long now) {
        return Math.max(0, fullAfterwards - now - burst * nanosPerEvent);
    }
}
