package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.WakeRecord;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a server's last starts took: what the next one is judged by.
 *
 * @param sorted shortest first
 */
public record StartTimes(List<Duration> sorted) {
    public static final StartTimes UNKNOWN = new StartTimes(List.of());

    /** Older ones say little about the server as it is now. */
    static final int REMEMBERED = 20;

    public StartTimes {
        sorted = sorted.stream().sorted().toList();
    }

    /** Of the starts that worked. A server that was only paused is back in a moment: the two are not mixed. */
    static StartTimes of(List<WakeRecord> wakes, Phase from) {
        return new StartTimes(
            wakes
                .stream()
                .filter(wake -> wake.ready() && wake.from() == from)
                .map(WakeRecord::took)
                .toList()
        );
    }

    /** As long as that share of the starts took at most, such as 0.9; null: there was none. */
    public @Nullable Duration percentile(double share) {
        if (sorted.isEmpty()) {
            return null;
        }
        int rank = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.clamp(rank, 0, sorted.size() - 1));
    }

    /**
     * How long a start that has taken so long already will still take: what half of the starts needed that took longer. Null:
     * none did, so nobody knows.
     */
    public @Nullable Duration remaining(Duration elapsed) {
        List<Duration> longer = sorted
            .stream()
            .filter(took -> took.compareTo(elapsed) > 0)
            .toList();
        return longer.isEmpty() ? null : longer.get(longer.size() / 2).minus(elapsed);
    }
}
