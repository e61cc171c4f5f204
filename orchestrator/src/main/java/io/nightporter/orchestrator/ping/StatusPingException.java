package io.nightporter.orchestrator.ping;

/** A server gave no usable answer to a {@link StatusPing}; the message says why in a few words, fit for a log line. */
public final class StatusPingException extends Exception {

    /** What went wrong. */
    public enum Reason {
        /** The name has no address. */
        UNRESOLVED,
        /** Nobody listens there. */
        REFUSED,
        /** The network has no way there, or the connection broke while it was made. */
        UNREACHABLE,
        /** No connection within the time given. */
        CONNECT_TIMED_OUT,
        /** Connected, but no whole answer within the time given. */
        ANSWER_TIMED_OUT,
        /** Connected, but the other side hung up before it had answered. */
        CLOSED,
        /** Connected, but what came is not a status. */
        NONSENSE,
    }

    private final Reason reason;

    StatusPingException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether there was a connection: somebody listens there, even if a status is not what they give. */
    public boolean reached() {
        return switch (reason) {
            case UNRESOLVED, REFUSED, UNREACHABLE, CONNECT_TIMED_OUT -> false;
            case ANSWER_TIMED_OUT, CLOSED, NONSENSE -> true;
        };
    }
}
