package io.nightporter.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.version.State;
import org.jspecify.annotations.Nullable;

/** A phase that understands every packet it may get: all but the relay and pass-through. */
public abstract class PacketPhase implements Phase {

    protected final Wire wire;
    private final State state;
    private final int maxFrame;

    /**
     * @param state the state whose packets are expected
     * @param maxFrame longest frame content in bytes, inflated as well as on the wire
     */
    protected PacketPhase(Wire wire, State state, int maxFrame) {
        this.wire = wire;
        this.state = state;
        this.maxFrame = maxFrame;
    }

    /** Longest frame content that is accepted at this moment, in bytes, inflated as well as on the wire. */
    protected int maxFrame() {
        return maxFrame;
    }

    /** Whether the next packet may come now. While not, {@link Wire#offerPending} is the phase's own business. */
    protected boolean ready() {
        return true;
    }

    /** The next packet, already decoded. */
    protected abstract void packet(Packet packet);

    @Override
    public final void bytes(ByteBuf in) {
        while (wire.isIn(this) && ready() && in.isReadable()) {
            int header = Frames.header(in, in.readerIndex(), in.writerIndex(), maxFrame());
            if (header == Frames.INCOMPLETE || in.readableBytes() < Frames.total(header)) {
                return;
            }
            in.skipBytes(Frames.headerSize(header));
            ByteBuf payload = wire.unwrap(in.readSlice(Frames.content(header)), maxFrame());
            try {
                packet(decode(payload));
            } finally {
                payload.release();
            }
        }
    }

    private Packet decode(ByteBuf payload) {
        int id = VarInts.read(payload);
        @Nullable
        PacketType<?> type = PacketCodec.typeOf(wire.version(), state, wire.receives(), id);
        if (type == null) {
            throw new BadPacketException(
                "unexpected_packet",
                "packet 0x" + Integer.toHexString(id) + " does not belong into " + state
            );
        }
        return PacketCodec.decode(wire.version(), type, payload);
    }

    /** For packets that exist but have no place here. */
    protected static BadPacketException unexpected(Packet packet) {
        return new BadPacketException("unexpected_packet", packet.type().name() + " at the wrong moment");
    }
}
