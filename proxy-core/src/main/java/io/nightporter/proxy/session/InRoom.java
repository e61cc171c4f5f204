package io.nightporter.proxy.session;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.proxy.relay.Relay;
import io.nightporter.proxy.waitingroom.Host;
import java.util.Optional;

/** A player's stay in the waiting room. */
final class InRoom implements Host {

    private final Session session;
    private final Teleports teleports = new Teleports();

    InRoom(Session session) {
        this.session = session;
    }

    @Override
    public void settled() {
        session.go();
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

    @Override
    public boolean allows(int packets, int bytes) {
        return session.allows(packets, bytes);
    }

    @Override
    public void refused(BadPacketException reason) {
        session.refuse(reason);
    }

    @Override
    public void silent() {
        session.loseTheSilent();
    }

    @Override
    public void stuck() {
        session.lose("stuck");
    }

    @Override
    public void gone() {
        session.end();
    }
}
