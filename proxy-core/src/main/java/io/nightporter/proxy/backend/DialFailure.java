package io.nightporter.proxy.backend;

import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;

/** Why no connection to a server came about. */
public enum DialFailure {
    /** Nobody listens there. */
    REFUSED("refused"),
    /** Nothing answered in time. */
    TIMED_OUT("timed_out"),
    /** The name does not resolve, or the network says no. */
    UNREACHABLE("unreachable");

    private final String label;

    DialFailure(String label) {
        this.label = label;
    }

    /** For logs and metrics. */
    public String label() {
        return label;
    }

    /** For the player. */
    public Message message(String server) {
        return switch (this) {
            case REFUSED -> Messages.refused(server);
            case TIMED_OUT -> Messages.timedOut(server);
            case UNREACHABLE -> Messages.unreachable(server);
        };
    }
}
