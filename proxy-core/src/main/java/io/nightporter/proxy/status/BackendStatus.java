package io.nightporter.proxy.status;

import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How a server is. The JSON is shared: whoever changes it makes a copy first. */
sealed interface BackendStatus {
    /**
     * @param json the server's status as it sent it
     */
    record Up(ObjectNode json) implements BackendStatus {}

    /**
     * @param lastKnown the last status that the server gave, without players; null: it never gave one
     * @param reason why it gives none now, for the log
     * @param line what the server list says of it
     */
    record Down(@Nullable ObjectNode lastKnown, String reason, Message line) implements BackendStatus {
        Down(@Nullable ObjectNode lastKnown, String reason) {
            this(lastKnown, reason, Messages.listedOffline());
        }
    }
}
