package io.nightporter.proxy.limits;

import io.nightporter.proxy.limits.Arrival.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections that are not players yet, in total and by network. Honest clients are through in no time, so
 * when there are too many, the one that has been at the door for longest goes.
 *
 * <p>Safe for several event loops; nothing is called while the lock is held.
 */
final class HalfOpen {

    private static final class Count {

        private int arrivals;
    }

    private final Map<Network, Count> byNetwork = new HashMap<>();
    /** Those at the door, in the order in which they came. */
    private @Nullable Arrival oldest;
    private @Nullable Arrival newest;
    private int total;

    /**
     * What came of an arrival.
     *
     * @param evicted those that make room, and are to be closed by the caller
     */
    record Entry(boolean admitted, List<Arrival> evicted) {
        private static final Entry REFUSED = new Entry(false, List.of());
        private static final Entry ADMITTED = new Entry(true, List.of());
    }

    /**
     * Counts one more.
     *
     * @param most in total; 0: any number
     * @param mostPerNetwork 0: any number
     */
    synchronized Entry enter(Arrival newcomer, int most, int mostPerNetwork) {
        if (isCrowded(newcomer.network, mostPerNetwork)) {
            return Entry.REFUSED;
        }
        Entry entry = Entry.ADMITTED;
        if (most > 0 && total >= most) {
            List<Arrival> evicted = new ArrayList<>();
            // More than one only after a reload has lowered the limit.
            while (total >= most && oldest != null) {
                evicted.add(oldest);
                over(oldest);
            }
            entry = new Entry(total < most, evicted);
        }
        if (entry.admitted()) {
            total++;
            count(newcomer.network);
            line(newcomer);
        }
        return entry;
    }

    /** Counts an arrival, of which this was not known before, for a network; false if that has too many. */
    synchronized boolean comesFrom(Arrival arrival, Network network, int mostPerNetwork) {
        if (arrival.stage == Stage.OVER) {
            return true; // it has just made room for another one, and is about to close
        }
        if (isCrowded(network, mostPerNetwork)) {
            return false;
        }
        discount(arrival.network);
        arrival.network = network;
        count(network);
        return true;
    }

    synchronized void logsIn(Arrival arrival) {
        if (arrival.stage == Stage.AT_THE_DOOR) {
            unline(arrival);
            arrival.stage = Stage.LOGGING_IN;
        }
    }

    synchronized void over(Arrival arrival) {
        if (arrival.stage == Stage.OVER) {
            return;
        }
        if (arrival.stage == Stage.AT_THE_DOOR) {
            unline(arrival);
        }
        arrival.stage = Stage.OVER;
        total--;
        discount(arrival.network);
    }

    synchronized int total() {
        return total;
    }

    /** How many networks are remembered. */
    synchronized int networks() {
        return byNetwork.size();
    }

    private boolean isCrowded(@Nullable Network network, int most) {
        Count count = network == null || most == 0 ? null : byNetwork.get(network);
        return count != null && count.arrivals >= most;
    }

    private void count(@Nullable Network network) {
        if (network != null) {
            byNetwork.computeIfAbsent(network, _ -> new Count()).arrivals++;
        }
    }

    private void discount(@Nullable Network network) {
        Count count = network == null ? null : byNetwork.get(network);
        if (count != null && --count.arrivals == 0) {
            byNetwork.remove(network);
        }
    }

    private void line(Arrival newcomer) {
        newcomer.before = newest;
        if (newest == null) {
            oldest = newcomer;
        } else {
            newest.behind = newcomer;
        }
        newest = newcomer;
    }

    private void unline(Arrival arrival) {
        if (arrival.before == null) {
            oldest = arrival.behind;
        } else {
            arrival.before.behind = arrival.behind;
        }
        if (arrival.behind == null) {
            newest = arrival.before;
        } else {
            arrival.behind.before = arrival.before;
        }
        arrival.before = null;
        arrival.behind = null;
    }
}
