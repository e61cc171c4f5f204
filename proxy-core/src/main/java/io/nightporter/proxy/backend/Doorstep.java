package io.nightporter.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.wire.Wire;

/**
 * Waits on the doorstep of a server of before 1.20.2 until it begins the game, so that a player does not leave where
 * they are for a server that then fails. Nothing is taken from what the server says.
 */
public final class Doorstep extends Probation {

    /** Bytes from the reader index that have been looked at. */
    private int seen;

    public Doorstep(Wire wire, Listener listener) {
        super(wire, listener);
    }

    /** Takes over the connection of a server that has just let the player in. */
    public void begin() {
        wire.sendState(State.PLAY);
        listen();
    }

    @Override
    public void bytes(ByteBuf in) {
        while (!isOver()) {
            int start = in.readerIndex() + seen;
            int header = Frames.header(in, start, in.writerIndex(), Frames.MAX_CONTENT);
            if (header == Frames.INCOMPLETE || in.writerIndex() - start < Frames.total(header)) {
                return;
            }
            seen += Frames.total(header);
            look(in.slice(start + Frames.headerSize(header), Frames.content(header)));
        }
    }

    private void look(ByteBuf content) {
        ByteBuf payload = wire.unwrap(content, LARGEST_PACKET);
        try {
            String name = wire.version().packetName(State.PLAY, Direction.CLIENTBOUND, VarInts.read(payload));
            // What comes behind a change of compression cannot be looked at without changing it.
            if (JoinGame.TYPE.name().equals(name) || "SetCompressionPlay".equals(name)) {
                pass(null);
            } else if (Disconnect.TYPE.name().equals(name)) {
                fail(payload);
            }
        } finally {
            payload.release();
        }
    }
}
