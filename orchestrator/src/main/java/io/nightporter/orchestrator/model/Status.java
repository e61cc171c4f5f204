package io.nightporter.orchestrator.model;

import java.util.Locale;

/** A server's phase as dashboards know it: the {@code status} of {@code GET /api/servers/{name}/status}. */
public enum Status {
    STOPPED,
    STARTING,
    RUNNING,
    STOPPING,
    MOVING,
    FAILED,
    /** Its node does not answer, so nobody knows. */
    UNREACHABLE;

    /** @param reachable whether the server's node answers */
    public static Status of(Phase phase, boolean reachable) {
        if (!reachable) {
            return UNREACHABLE;
        }
        return switch (phase) {
            case ASLEEP, PAUSED -> STOPPED;
            case STARTING -> STARTING;
            case AWAKE -> RUNNING;
            case STOPPING -> STOPPING;
            case MOVING -> MOVING;
            case FAILED -> FAILED;
        };
    }

    /** As the API writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
