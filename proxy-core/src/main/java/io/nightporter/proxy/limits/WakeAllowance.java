package io.nightporter.proxy.limits;

import io.nightporter.proxy.config.WakeQuota;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many sleeping servers somebody may wake in an hour: an account, all who come from one network, and everybody together.
 * Only starts that a player causes count. Safe for all threads.
 */
public final class WakeAllowance {

    private static final Duration PERIOD = Duration.ofHours(1);
    /** Accounts and networks that are remembered; who has not woken anything for the longest is forgotten first. */
    private static final int REMEMBERED = 20_000;
    private static final String EVERYBODY = "everybody";
    private static final String NOBODY = "nobody";

    private final LongSupplier nanos;
    private final Map<Object, Long> fullAt = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Claim(Object who, int most) {}

    public WakeAllowance() {
        this(System::nanoTime);
    }

    /** @param nanos the time, as {@link System#nanoTime} */
    WakeAllowance(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Counts a start, if it is allowed.
     *
     * @param account null: nobody knows whose it is
     * @return 0, or the seconds until it will be, and nothing was counted
     */
    public synchronized long take(WakeQuota quota, @Nullable UUID account, InetAddress from) {
        List<Claim> claims = claims(quota, account, from);
        long now = nanos.getAsLong();
        long shortage = 0;
        for (Claim claim : claims) {
            if (claim.most > 0) {
                Rate rate = rate(claim);
                shortage = Math.max(shortage, rate.shortage(after(claim, rate, now), now));
            }
        }
        if (shortage > 0) {
            return Duration.ofNanos(shortage).toSeconds() + 1;
        }
        for (Claim claim : claims) {
            if (claim.most > 0) {
                fullAt.put(claim.who, after(claim, rate(claim), now));
            }
        }
        return 0;
    }

    /** The start that was counted did not happen. */
    public synchronized void giveBack(WakeQuota quota, @Nullable UUID account, InetAddress from) {
        for (Claim claim : claims(quota, account, from)) {
            if (claim.most > 0) {
                fullAt.computeIfPresent(claim.who, (_, at) -> at - rate(claim).nanosPerEvent());
            }
        }
    }

    private static List<Claim> claims(WakeQuota quota, @Nullable UUID account, InetAddress from) {
        return List.of(
            new Claim(account == null ? NOBODY : account, account == null ? 0 : quota.perAccount()),
            new Claim(Network.of(from), quota.perNetwork()),
            new Claim(EVERYBODY, quota.total())
        );
    }

    private static Rate rate(Claim claim) {
        return Rate.of(claim.most, PERIOD, claim.most);
    }

    private long after(Claim claim, Rate rate, long now) {
        return rate.afterOneMore(fullAt.getOrDefault(claim.who, now), now);
    }
}
