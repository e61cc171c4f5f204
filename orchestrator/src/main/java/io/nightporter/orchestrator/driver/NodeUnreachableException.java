package io.nightporter.orchestrator.driver;

import org.jspecify.annotations.Nullable;

/** The node does not answer; whether it has done what it was asked, nobody knows. */
public final class NodeUnreachableException extends DriverException {

    /** @param reason what happened, such as {@code the connection to 10.0.0.2:2376 was refused} */
    public NodeUnreachableException(String node, String reason, @Nullable Throwable cause) {
        super(
            "Node " +
                node +
                " cannot be reached: " +
                reason +
                ". Nightporter goes on trying; check that the machine, its network and its engine are up, " +
                "and that the node's endpoint is right.",
            cause
        );
    }

    @Override
    public boolean passing() {
        return true;
    }
}
