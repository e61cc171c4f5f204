package io.nightporter.orchestrator.model;

/**
 * What a server is doing. Together with whether its node can be reached this is all that anybody outside needs to know;
 * {@link Status} is the short form of both.
 */
public enum Phase {
    /** No instance runs. */
    ASLEEP,
    /** The instance is frozen where it was: it costs memory and no processor time. */
    PAUSED,
    /** On its way to {@link #AWAKE}; the instance may run already without being ready. */
    STARTING,
    /** The instance runs and has answered a status request: players can go there. */
    AWAKE,
    /** On its way to {@link #ASLEEP} or {@link #PAUSED}: being saved, paused, stopped or killed. Players must not go there. */
    STOPPING,
    /** On its way to another node. Players are held. */
    MOVING,
    /** It did not start, several times in a row; somebody has to look, or order another start. */
    FAILED;

    /** Whether players can be sent there. */
    public boolean playable() {
        return this == AWAKE;
    }

    /** Whether an instance of it may run, and therefore use memory. */
    public boolean mayRun() {
        return switch (this) {
            case ASLEEP, FAILED -> false;
            case PAUSED, STARTING, AWAKE, STOPPING, MOVING -> true;
        };
    }
}
