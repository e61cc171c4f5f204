package io.nightporter.proxy.player;

import io.nightporter.protocol.packet.BadPacketException;

/** What is asked about, and told of, what a player does, wherever the player is. Called on the player's event loop. */
public interface Conduct {
    /**
     * Whether a player may send as much as it has; the player is told goodbye otherwise.
     *
     * @param packets that have arrived
     * @param bytes that they had
     */
    boolean allows(int packets, int bytes);

    /** The player sent what cannot be right. */
    void refused(BadPacketException reason);

    /** The client says nothing any more, or does not read. */
    void silent();

    /** The client did not do its part on the way from one place to another. */
    void stuck();

    /** The player is gone; called once. */
    void gone();
}
