package io.nightporter.proxy.relay;

import java.time.Duration;

/**
 * The way of a client from one world into the next without leaving the game. Until the client is there, what it says
 * about messages seen is about the old world, and the new server would throw it out for that.
 */
final class Transit {

    /** Since 1.9 clients confirm that they have been put somewhere, which shows that they are in the new world. */
    private static final int FIRST_THAT_CONFIRMS = 107;
    /** For a server that puts the client nowhere. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final boolean confirms;
    private boolean underWay;
    /** As {@link System#nanoTime}; 0: the server has not begun the game. */
    private long joinedAt;
    private boolean placed;

    Transit(Entrance entrance, int protocol) {
        this.underWay = entrance == Entrance.OVER;
        this.confirms = protocol >= FIRST_THAT_CONFIRMS;
    }

    /** The server has begun the game, and the client is about to be told. */
    void joined() {
        joinedAt = System.nanoTime();
        underWay &= confirms;
    }

    /** The server has put the client somewhere in its world. */
    void placed() {
        placed = true;
    }

    /** The client has confirmed that. */
    void confirmed() {
        underWay &= !placed;
    }

    /** Whether the client may still be in its old world. */
    boolean isUnderWay() {
        if (underWay && joinedAt != 0 && System.nanoTime() - joinedAt > PATIENCE.toNanos()) {
            underWay = false;
        }
        return underWay;
    }
}
