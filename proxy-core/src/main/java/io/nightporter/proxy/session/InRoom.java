package io.nightporter.proxy.session;

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
        session.commands().take(packet);
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
