package io.nightporter.orchestrator.driver;

import org.jspecify.annotations.Nullable;

/** The node answers, and says no: no memory, no room, no permission, or an error of its own. */
public final class NodeRefusedException extends DriverException {

    /**
     * @param reason in the node's own words
     * @param remedy a sentence that says what to do, such as {@code Free some room under /var/lib/docker.}
     */
    public NodeRefusedException(String node, String reason, String remedy, @Nullable Throwable cause) {
        super("Node " + node + " refused: " + reason + ". " + remedy, cause);
    }

    @Override
    public boolean passing() {
        return true;
    }
}
