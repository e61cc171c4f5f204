package io.nightporter.proxy.session;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.proxy.limits.PeerLog;
import io.nightporter.proxy.player.Conduct;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.wire.Wire;

/** What a player's conduct leads to: the same on a server, in the waiting room and between them. */
abstract class Supervision implements Conduct {

    private static final PeerLog peerLog = PeerLog.of(Supervision.class);

    final Session session;

    Supervision(Session session) {
        this.session = session;
    }

    @Override
    public boolean allows(int packets, int bytes) {
        if (session.ration().allows(packets, bytes)) {
            return true;
        }
        session.dismiss(Messages.tooManyPackets());
        return false;
    }

    @Override
    public void refused(BadPacketException reason) {
        session.context().metrics().rejected(reason.reason());
        peerLog.info(
            "player refused player={} address={} reason={} detail=\"{}\"",
            session.name(),
            session.wire().peerText(),
            reason.reason(),
            reason.getMessage()
        );
        session.dismiss(Messages.garbled());
    }

    @Override
    public void silent() {
        lose(session.wire().channel().isWritable() ? "silent" : "slow_reader");
    }

    @Override
    public void stuck() {
        lose("stuck");
    }

    @Override
    public void gone() {
        session.end();
    }

    /** The client is of no use any more. */
    private void lose(String reason) {
        Wire wire = session.wire();
        session.context().metrics().rejected(reason);
        peerLog.info(
            "player lost player={} server={} address={} reason={}",
            session.name(),
            session.server(),
            wire.peerText(),
            reason
        );
        wire.close();
    }
}
