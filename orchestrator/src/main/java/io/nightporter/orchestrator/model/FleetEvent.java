package io.nightporter.orchestrator.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the fleet, told to whoever subscribed, and kept.
 *
 * @param id a ULID: later events have greater ones
 * @param message a sentence for people
 * @param data what the kind of event has besides, by name; never a secret
 */
public record FleetEvent(
    String id,
    Instant at,
    Kind kind,
    @Nullable String server,
    @Nullable String node,
    @Nullable String operation,
    String message,
    Map<String, String> data
) {
    /** What happened. */
    public enum Kind {
        SERVER_DEFINED(Level.INFO),
        SERVER_REMOVED(Level.INFO),
        /** {@code from}, {@code to} and {@code cause} are in the data. */
        PHASE_CHANGED(Level.INFO),
        /** The instance listens elsewhere than before, or not at all. */
        ADDRESS_CHANGED(Level.INFO),
        PINNED(Level.INFO),
        UNPINNED(Level.INFO),
        START_FAILED(Level.WARNING),
        /** So many starts failed that no more are tried. */
        SERVER_FAILED(Level.ERROR),
        /** An instance ended that nobody had asked to. */
        INSTANCE_DIED(Level.WARNING),
        /** Something runs, was paused or stopped behind our back, and the records now say so. */
        INSTANCE_ADOPTED(Level.INFO),
        /** An instance did not stop in time and was killed: what it had not saved is lost. */
        INSTANCE_KILLED(Level.ERROR),
        /** More than one instance of a server runs. */
        INSTANCE_DOUBLE(Level.ERROR),
        NODE_DEFINED(Level.INFO),
        NODE_REMOVED(Level.INFO),
        NODE_LOST(Level.ERROR),
        NODE_BACK(Level.INFO);

        private final Level level;

        Kind(Level level) {
            this.level = level;
        }

        public Level level() {
            return level;
        }
    }

    /** How loud it is. */
    public enum Level {
        INFO,
        WARNING,
        ERROR,
    }

    public FleetEvent {
        data = Collections.unmodifiableMap(new TreeMap<>(data));
    }
}
