package io.nightporter.orchestrator.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a server with {@code payPerUse} falls asleep. Both times count from the moment at which the last player left; at
 * least one of them is there.
 *
 * @param pauseAfter null: it is never paused
 * @param stopAfter null: it is never stopped, only paused
 * @param minimumUptime how long it stays awake after a start, even if nobody comes
 * @param awake when it is kept awake; other times are not affected
 */
public record SleepRules(
    @Nullable Duration pauseAfter,
    @Nullable Duration stopAfter,
    Duration minimumUptime,
    List<AwakeWindow> awake
) {
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(5);

    public static final SleepRules DEFAULT = stop(DEFAULT_IDLE);

    public SleepRules {
        awake = List.copyOf(awake);
        if (pauseAfter == null && stopAfter == null) {
            throw new IllegalArgumentException(
                "a server that sleeps must be paused or stopped: write pauseAfter or stopAfter"
            );
        }
        if (pauseAfter != null && stopAfter != null && pauseAfter.compareTo(stopAfter) >= 0) {
            throw new IllegalArgumentException(
                "a server is paused before it is stopped: pauseAfter must be less than stopAfter"
            );
        }
    }

    /** {@code sleep: stop}. */
    public static SleepRules stop(Duration idleAfter) {
        return new SleepRules(null, idleAfter, Duration.ZERO, List.of());
    }

    /** {@code sleep: pause}. */
    public static SleepRules pause(Duration idleAfter) {
        return new SleepRules(idleAfter, null, Duration.ZERO, List.of());
    }

    /** {@code sleep: { pauseAfter, stopAfter }}. */
    public static SleepRules pauseThenStop(Duration pauseAfter, Duration stopAfter) {
        return new SleepRules(pauseAfter, stopAfter, Duration.ZERO, List.of());
    }

    /** The same, with a time for which it stays awake after a start. */
    public SleepRules withMinimumUptime(Duration uptime) {
        return new SleepRules(pauseAfter, stopAfter, uptime, awake);
    }

    /** The same, kept awake at these times. */
    public SleepRules withAwake(List<AwakeWindow> windows) {
        return new SleepRules(pauseAfter, stopAfter, minimumUptime, windows);
    }

    /** How long a server without players stays awake. */
    public Duration idleAfter() {
        if (pauseAfter != null) {
            return pauseAfter;
        }
        return stopAfter == null ? DEFAULT_IDLE : stopAfter;
    }
}
