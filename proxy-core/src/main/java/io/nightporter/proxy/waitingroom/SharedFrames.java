package io.nightporter.proxy.waitingroom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.wire.Wire;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Packets that are the same for many players: encoded and compressed when the first of them needs them, and once for
 * each compression threshold. Kept as long as this object.
 */
final class SharedFrames {

    private final State state;
    private final Supplier<List<Packet>> packets;
    private final ConcurrentHashMap<Integer, ByteBuf> byThreshold = new ConcurrentHashMap<>(2);

    SharedFrames(State state, Supplier<List<Packet>> packets) {
        this.state = state;
        this.packets = packets;
    }

    /** Writes all of them to a client, without flushing. */
    void send(Wire wire) {
        wire.forwardShared(of(wire.version(), wire.threshold()));
    }

    /** Makes them if nobody has needed them yet. */
    ByteBuf of(ProtocolVersion version, int compression) {
        return byThreshold.computeIfAbsent(compression, threshold -> frames(version, threshold));
    }

    private ByteBuf frames(ProtocolVersion version, int threshold) {
        ByteBuf frames = Unpooled.buffer();
        for (Packet packet : packets.get()) {
            ByteBuf payload = Unpooled.buffer();
            PacketCodec.encode(version, state, Direction.CLIENTBOUND, packet, payload);
            Frames.write(payload, threshold, frames, Zlib.ofThisThread());
        }
        // Outside the heap, from where it is written to sockets as it is; never given back.
        ByteBuffer kept = ByteBuffer.allocateDirect(frames.readableBytes());
        kept.put(frames.nioBuffer()).flip();
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(kept)).asReadOnly();
    }
}
