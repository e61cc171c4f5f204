package io.nightporter.orchestrator.driver;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node tells its {@link DriverListener}s. */
public sealed interface DriverEvent {
    /**
     * Something happened to an instance, ours or somebody else's.
     *
     * @param labels as far as they are known
     * @param exitCode of {@link Change#ENDED}; null: unknown
     */
    record Changed(
        String handle,
        String name,
        Map<String, String> labels,
        Change change,
        @Nullable Integer exitCode
    ) implements DriverEvent {
        public Changed {
            labels = Map.copyOf(labels);
        }
    }

    /** What can happen to an instance. */
    enum Change {
        CREATED,
        STARTED,
        PAUSED,
        UNPAUSED,
        /** It ended, by itself or not. */
        ENDED,
        /** The node had no memory left for it; {@link #ENDED} follows. */
        OUT_OF_MEMORY,
        REMOVED,
        /** Its health check has another result. */
        HEALTH,
    }

    /**
     * No more events come: the connection broke, or the engine went away. Told once, until it is {@link Back}.
     *
     * @param reason for people
     */
    record Lost(String reason) implements DriverEvent {}

    /** Events come again; some may have been missed, so it is time to {@link Driver#list}. Not told for the first connection. */
    record Back() implements DriverEvent {}
}
