package io.nightporter.orchestrator.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A long-running piece of work at a server. Each step is stored before it begins, so that the work can be taken up or
 * undone by whoever finds it.
 *
 * @param id a ULID
 * @param steps those that were begun, in this order
 * @param progress 0 … 1 of the whole, as well as that can be told
 * @param message for people: how it ended or what it is waiting for; empty: nothing to say
 */
public record Operation(
    String id,
    Kind kind,
    String server,
    Cause cause,
    State state,
    List<Step> steps,
    double progress,
    String message,
    Instant createdAt,
    Instant updatedAt
) {
    /** What it is to achieve. */
    public enum Kind {
        START,
        STOP,
        PAUSE,
        RESTART,
        MOVE,
    }

    /** How far it is. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        public boolean over() {
            return this != RUNNING;
        }
    }

    /**
     * One step.
     *
     * @param name a word such as {@code create}
     * @param detail for people: what there is to say about it; empty: nothing
     * @param endedAt null while it is being done
     */
    public record Step(String name, Instant startedAt, @Nullable Instant endedAt, String detail) {}

    public Operation {
        steps = List.copyOf(steps);
    }
}
