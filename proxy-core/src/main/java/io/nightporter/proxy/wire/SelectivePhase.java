package io.nightporter.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.version.State;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A phase that hears the packets that it asks for and no others. A packet that cannot be read is as if it had not been
 * sent: nothing depends on it, since nobody is behind this phase.
 */
public abstract class SelectivePhase implements Phase {

    /** What is longer is nothing that anybody asks for here. */
    private static final int LONGEST = 64 << 10;

    protected final Wire wire;
    private final Set<PacketType<?>> wanted;
    private State state;

    /**
     * @param state the state of the packets that arrive
     */
    protected SelectivePhase(Wire wire, State state, Set<PacketType<?>> wanted) {
        this.wire = wire;
        this.state = state;
        this.wanted = wanted;
    }

    /** The state of the packets that arrive. */
    protected final State state() {
        return state;
    }

    /** What arrives from now on belongs to this state. */
    protected final void state(State next) {
        state = next;
    }

    /**
     * Hears of what has arrived, also of what nobody wants.
     *
     * @return false when no more must be read: the connection ends
     */
    protected abstract boolean allows(int packets, int bytes);

    /** A packet that was asked for. */
    protected abstract void packet(Packet packet);

    /** All that has arrived was heard. */
    protected void heard() {}

    @Override
    public final void bytes(ByteBuf in) {
        int first = in.readerIndex();
        int packets = 0;
        while (wire.isIn(this) && in.isReadable()) {
            int header = Frames.header(in, in.readerIndex(), in.writerIndex(), Frames.MAX_CONTENT);
            if (header == Frames.INCOMPLETE || in.readableBytes() < Frames.total(header)) {
                break;
            }
            in.skipBytes(Frames.headerSize(header));
            packets++;
            frame(in.readSlice(Frames.content(header)));
        }
        if (packets > 0 && wire.isIn(this) && allows(packets, in.readerIndex() - first)) {
            heard();
        }
    }

    @Override
    public int missing(ByteBuf left) {
        int header = Frames.header(left, left.readerIndex(), left.writerIndex(), Frames.MAX_CONTENT);
        return header == Frames.INCOMPLETE ? 1 : Frames.total(header) - left.readableBytes();
    }

    private void frame(ByteBuf content) {
        @Nullable
        Packet packet = null;
        try {
            packet = read(content);
        } catch (BadPacketException _) {
            // as if it had not been sent
        }
        if (packet != null) {
            packet(packet);
        }
    }

    private @Nullable Packet read(ByteBuf content) {
        if (content.readableBytes() > LONGEST) {
            return null;
        }
        ByteBuf payload = wire.unwrap(content, LONGEST);
        try {
            @Nullable
            PacketType<?> type = PacketCodec.typeOf(wire.version(), state, wire.receives(), VarInts.read(payload));
            return type == null || !wanted.contains(type) ? null : PacketCodec.decode(wire.version(), type, payload);
        } finally {
            payload.release();
        }
    }
}
