package io.nightporter.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Waits on the doorstep of a server of before 1.20.2 until it begins the game, so that a player does not leave where
 * they are for a server that then fails. Nothing is taken from what the server says.
 */
public final class Doorstep implements Phase {

    private static final int LARGEST_PACKET = 8 << 20;

    private final Wire wire;
    private final Listener listener;
    private boolean over;
    /** Bytes from the reader index that have been looked at. */
    private int seen;

    /** Who wants to know. Exactly one of the two is called, once. */
    public interface Listener {
        /** The game begins; the connection reads nothing for now. */
        void begins();

        /**
         * It does not.
         *
         * @param goodbye what the server said, if it did
         */
        void failed(String label, @Nullable Text goodbye);
    }

    public Doorstep(Wire wire, Listener listener) {
        this.wire = wire;
        this.listener = listener;
    }

    /** Takes over the connection of a server that has just let the player in. */
    public void begin() {
        wire.sendState(State.PLAY);
        wire.phase(this);
        wire.otherSideHasRoom(true);
        wire.offerPending();
    }

    /** Forgets the server. */
    public void abandon() {
        over = true;
        wire.close();
    }

    @Override
    public void bytes(ByteBuf in) {
        while (!over) {
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
                over = true;
                wire.pause(Wire.Pause.OTHER_SIDE);
                listener.begins();
            } else if (Disconnect.TYPE.name().equals(name)) {
                fail("kicked", PacketCodec.decode(wire.version(), Disconnect.TYPE, payload).reason());
            }
        } finally {
            payload.release();
        }
    }

    private void fail(String label, @Nullable Text goodbye) {
        if (!over) {
            over = true;
            wire.close();
            listener.failed(label, goodbye);
        }
    }

    @Override
    public void silent(Wire silent) {
        fail("timed_out", null);
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        fail("nonsense", null);
    }

    @Override
    public void closed() {
        fail("closed", null);
    }
}
