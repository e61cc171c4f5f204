package io.nightporter.proxy.waitingroom;

import java.util.Locale;

/** Where a player waits. */
public enum Form {
    /** In a void world of the proxy's own. */
    WORLD,
    /** In the world that the client still has, held in place. */
    FREEZE,
    /** Before any negotiation about content: the server's own is still to come. */
    CONFIGURATION;

    /** For logs and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
