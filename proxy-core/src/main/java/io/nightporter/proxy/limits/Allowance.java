package io.nightporter.proxy.limits;

import java.time.Duration;

/**
 * How much one player may send: so much a second, and what was not used for a while at once. The clock is only looked
 * at when the rest is used up. Used by one event loop.
 */
public final class Allowance {

    /** What comes at once after a connection has stuttered is not a flood. */
    private static final int SECONDS_AT_ONCE = 5;

    /** Of one; times of nanoseconds times rates are not exact. */
    private static final double ROUNDING = 1e-3;

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final double perNano;
    private final long most;
    private long left;
    private long filledAt;

    /**
     * @param perSecond 0: without a limit
     * @param now {@link System#nanoTime}
     */
    public Allowance(long perSecond, long now) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.most = perSecond == 0 ? Long.MAX_VALUE : perSecond * SECONDS_AT_ONCE;
        this.left = most;
        this.filledAt = now;
    }

    /** Takes what has been sent, whether it was allowed or not; returns whether that has to be {@link #settle}d. */
    public boolean overdrawnBy(long amount) {
        left -= amount;
        return left < 0;
    }

    /** Adds what the time has brought; returns whether all that was sent is covered now. */
    public boolean settle(long now) {
        double brought = (now - filledAt) * perNano + ROUNDING;
        if (brought >= (double) most - left) {
            left = most;
            filledAt = now;
        } else {
            long whole = (long) brought;
            left += whole;
            // what is less than one is not lost
            filledAt += (long) (whole / perNano);
        }
        return left >= 0;
    }

    /** How long it takes until what was sent beyond the allowance is covered. */
    public Duration debt() {
        return Duration.ofNanos(left >= 0 ? 0 : (long) Math.ceil(-left / perNano));
    }
}
