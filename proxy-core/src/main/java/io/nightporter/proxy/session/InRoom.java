package io.nightporter.proxy.session;

import io.nightporter.protocol.packet.ChatAck;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.packet.ChatCommandSigned;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.proxy.relay.Relay;
import io.nightporter.proxy.waitingroom.Host;
import java.util.Optional;

/** A player's stay in the waiting room. */
final class InRoom extends Supervision implements Host {

    private final Teleports teleports = new Teleports();

    InRoom(Session session) {
        super(session);
    }

    @Override
    public void settled() {
        session.passage().settled();
        session.release().go();
    }

    @Override
    public void said(Packet packet) {
        Relay stalled = session.relay();
        if (stalled != null) {
            stalled.saw(seen(packet));
        }
        session.commands().take(packet);
    }

    /**
     * How many messages the player has seen since they last said so. A server that goes on throws out whoever counts
     * otherwise than it does, so it has to hear that also with what it does not get.
     */
    private static int seen(Packet packet) {
        return switch (packet) {
            case ChatAck ack -> ack.count();
            case ChatMessage line -> line.lastSeen().offset();
            case ChatCommand command -> command.lastSeen().offset();
            case ChatCommandSigned command -> command.lastSeen().offset();
            default -> 0;
        };
    }

    @Override
    public void completes(TabComplete request) {
        session.commands().complete(request);
    }

    @Override
    public Optional<DeclareCommands> commands() {
        return session.commands().alone();
    }

    @Override
    public void answered(long keepAlive) {
        Relay stalled = session.relay();
        if (stalled != null) {
            stalled.answered(keepAlive);
        }
    }

    @Override
    public int nextTeleport() {
        return teleports.next();
    }
}
