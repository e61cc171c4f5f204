package io.nightporter.proxy.waitingroom;

import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.proxy.player.Conduct;
import java.util.Optional;

/** What the waiting room asks of, and tells, whoever brought the player in. Called on the player's event loop. */
public interface Host extends Conduct {
    /** The player stands in the room, and may be taken elsewhere from now on. */
    void settled();

    /** The player said something in the chat, or how much of it they have seen. */
    void said(Packet packet);

    /** The player wants a command completed. */
    void completes(TabComplete request);

    /** The proxy's commands; empty before 1.13. */
    Optional<DeclareCommands> commands();

    /** The client answers a keep-alive that was not the room's. */
    void answered(long keepAlive);

    /** A number for a teleport of the proxy's. */
    int nextTeleport();
}
