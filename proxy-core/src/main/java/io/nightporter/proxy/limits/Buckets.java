package io.nightporter.proxy.limits;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each network, in a table of fixed size. A full bucket says nothing, so its place is free; a
 * place that is needed while none is free is that of the fullest bucket nearby. Whoever commands so many networks that
 * this happens has more tokens than it gains by it.
 *
 * <p>Safe for several event loops; one that waits for another waits for some nanoseconds.
 */
final class Buckets {

    /** The places that a network may have, side by side in memory. */
    private static final int WAYS = 8;
    private static final int LOCKS = 64;

    private final LongSupplier nanos;
    private final long[] prefixes;
    private final long[] fullAt;
    private final int sets;
    private final Object[] locks = new Object[LOCKS];

    /**
     * @param networks how many can be told apart, a power of two from 8 on; 16 bytes for each
     * @param nanos the time, as {@link System#nanoTime}
     */
    Buckets(int networks, LongSupplier nanos) {
        this.nanos = nanos;
        this.sets = networks / WAYS;
        this.prefixes = new long[networks];
        this.fullAt = new long[networks];
        Arrays.fill(fullAt, nanos.getAsLong());
        Arrays.setAll(locks, _ -> new Object());
    }

    /**
     * Takes a token out of the bucket of a network.
     *
     * @return 0, or the nanoseconds until there will be a token, and none is taken
     */
    long take(Network network, Rate rate) {
        int set = (int) network.mixed() & (sets - 1);
        synchronized (locks[set & (LOCKS - 1)]) {
            long now = nanos.getAsLong();
            int place = place(set * WAYS, network.prefix(), now);
            long before = prefixes[place] == network.prefix() ? fullAt[place] : now;
            long after = rate.afterOneMore(before, now);
            long shortage = rate.shortage(after, now);
            if (shortage == 0) {
                prefixes[place] = network.prefix();
                fullAt[place] = after;
            }
            return shortage;
        }
    }

    /** Where the bucket is, or may be made. */
    private int place(int first, long prefix, long now) {
        int fullest = first;
        for (int i = first; i < first + WAYS; i++) {
            if (prefixes[i] == prefix && fullAt[i] - now > 0) {
                return i;
            }
            if (fullAt[i] - fullAt[fullest] < 0) {
                fullest = i;
            }
        }
        return fullest;
    }
}
