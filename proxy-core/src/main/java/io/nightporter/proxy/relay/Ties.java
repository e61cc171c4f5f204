package io.nightporter.proxy.relay;

import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.player.Conduct;

/** What a relay asks of, and tells, whoever brought player and server together. Called on their event loop. */
public interface Ties extends Conduct {
    /** Whether the player stays although the server says this, its last word. */
    boolean keeps(Text goodbye);

    /**
     * The server is gone, and the player is still there; the player's connection must get another phase.
     *
     * @param how for logs and metrics: closed, silent, said_goodbye, or what was wrong with its packets
     */
    void serverGone(String how);

    /** The server speaks again after it had been given up for stalled. */
    void serverSpeaks();

    /** The player is in the game. */
    void joined();

    /**
     * A command of the player, or a line that may be one.
     *
     * @return whether it was the proxy's: then the server does not get it
     */
    boolean command(Packet packet);

    /** What the player writes; whether the proxy completed it. */
    boolean complete(TabComplete request);

    /** The server's commands, with the proxy's added. */
    DeclareCommands withOwnCommands(DeclareCommands commands);

    /** Whether the proxy has commands for this player. */
    boolean hasCommands();

    /** Whether this number is one of a teleport of the proxy. */
    boolean isOwnTeleport(int id);
}
