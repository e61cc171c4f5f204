package io.nightporter.proxy.relay;

/** How the first world of a server reaches a client. */
public enum Entrance {
    /** The client has no world, or has left it: the server's packets are as the client expects them. */
    FRESH,
    /**
     * The client is in a world that it did not leave. It enters the new one as it would after a death, and until then
     * nothing of what it does in the old one reaches the server.
     */
    OVER,
}
