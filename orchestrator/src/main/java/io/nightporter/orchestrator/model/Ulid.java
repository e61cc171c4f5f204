package io.nightporter.orchestrator.model;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * Makes ids of 26 characters that sort by the time at which they were made: 48 bits of milliseconds and 80 of chance, in
 * Crockford's base 32, as the ULID specification has it. Ids that one maker makes within a millisecond grow, too.
 */
public final class Ulid {

    /** For all of the process. */
    public static final Ulid MAKER = new Ulid();

    public static final int LENGTH = 26;

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private final SecureRandom random = new SecureRandom();
    private long last = Long.MIN_VALUE;
    /** 80 bits: 16 and 64. */
    private int high;
    private long low;

    /** An id that is greater than all that this maker made before, unless the clock was set back. */
    public synchronized String next(Instant at) {
        long millis = at.toEpochMilli();
        if (millis == last) {
            low++;
            if (low == 0) {
                high = (high + 1) & 0xFFFF;
            }
        } else {
            last = millis;
            // The highest bit stays free, so that counting up does not begin anew within the millisecond.
            high = random.nextInt(0x8000);
            low = random.nextLong();
        }
        var id = new char[LENGTH];
        for (int digit = 0; digit < 10; digit++) {
            id[digit] = DIGITS[(int) (millis >>> (45 - 5 * digit)) & 31];
        }
        for (int digit = 0; digit < 16; digit++) {
            id[10 + digit] = DIGITS[chance(75 - 5 * digit)];
        }
        return new String(id);
    }

    /** Five bits, of which the lowest is the one with this number. */
    private int chance(int bit) {
        if (bit >= 64) {
            return (high >>> (bit - 64)) & 31;
        }
        long bits = low >>> bit;
        return (int) (bit > 59 ? bits | ((long) high << (64 - bit)) : bits) & 31;
    }
}
