package io.nightporter.orchestrator.fleet;

/** What the fleet says to somebody who wants a server to be awake. */
public sealed interface WakeAnswer {
    /** It is; players can go there. */
    record Awake(ServerView server) implements WakeAnswer {}

    /**
     * It will be.
     *
     * @param operation the id of the operation that sees to it
     */
    record Starting(String operation, ServerView server) implements WakeAnswer {}

    /**
     * It will not be, as things are.
     *
     * @param message why, and what can be done, for the owner
     */
    record Refused(String message, ServerView server) implements WakeAnswer {}

    /** It will not be for this player: by its wake rules somebody else has to wake it. */
    record NotAllowed(ServerView server) implements WakeAnswer {}

    /** There is no server of that name. */
    record Unknown() implements WakeAnswer {}
}
