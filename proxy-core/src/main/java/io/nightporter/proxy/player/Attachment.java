package io.nightporter.proxy.player;

import io.nightporter.orchestrator.ServerAddress;

/** Where a player is. */
public sealed interface Attachment {
    /** The server that the player is on, or waits for. */
    String server();

    /** In the game on a server. */
    record Backend(String server, ServerAddress address) implements Attachment {}

    /** In the waiting room, or on the way from login to anywhere. */
    record Waiting(String server) implements Attachment {}

    /** For metrics. */
    default String label() {
        return switch (this) {
            case Backend _ -> "backend";
            case Waiting _ -> "waiting";
        };
    }
}
