package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One end of a connection: cuts what comes into frames, and frames what is sent. */
abstract class Connection extends ChannelInboundHandlerAdapter {

    /** Longest packet that is inflated. */
    private static final int MAX_INFLATED = 8 << 20;

    private final Direction outgoing;
    private @Nullable Channel channel;
    /** The beginning of a frame whose end has not come yet. */
    private @Nullable ByteBuf rest;
    private @Nullable Cfb8 encryption;
    private @Nullable Cfb8 decryption;
    private int threshold = -1;
    private boolean left;

    Connection(Direction outgoing) {
        this.outgoing = outgoing;
    }

    /**
     * A frame, whole.
     *
     * @param frame its content can be read from the reader index on; what is behind it belongs to others
     * @param length of the content
     * @param size of the packet where the content is compressed, 0 where it is not
     */
    abstract void onFrame(ByteBuf frame, int length, int size);

    abstract void onConnected();

    /**
     * The connection has ended.
     *
     * @param why null where the other side just closed it
     */
    abstract void onEnd(@Nullable String why);

    /** Bytes have come at this time, of {@link System#nanoTime}. */
    void onBytes(int count, long time) {}

    abstract ProtocolVersion version();

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        onConnected();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        long time = System.nanoTime();
        ByteBuf bytes = (ByteBuf) message;
        if (left) {
            bytes.release();
            return;
        }
        onBytes(bytes.readableBytes(), time);
        if (decryption != null) {
            decryption.apply(bytes);
        }
        if (rest != null) {
            rest.writeBytes(bytes);
            bytes.release();
            bytes = rest;
            rest = null;
        }
        try {
            cut(bytes);
            if (bytes.isReadable() && !left) {
                rest = context
                    .alloc()
                    .directBuffer(2 * bytes.readableBytes())
                    .writeBytes(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void cut(ByteBuf bytes) {
        int end = bytes.writerIndex();
        while (bytes.isReadable() && !left) {
            int start = bytes.readerIndex();
            int header = Frames.header(bytes, start, end, Frames.MAX_CONTENT);
            if (header == Frames.INCOMPLETE || Frames.total(header) > end - start) {
                return;
            }
            int next = start + Frames.total(header);
            bytes.skipBytes(Frames.headerSize(header));
            int size = threshold >= 0 ? VarInts.read(bytes) : 0;
            if (size < 0 || size > MAX_INFLATED || bytes.readerIndex() > next) {
                throw new BadPacketException("frame_bad_size", "a compressed frame of an impossible size");
            }
            onFrame(bytes, next - bytes.readerIndex(), size);
            bytes.readerIndex(next);
        }
    }

    /**
     * The packet in a frame, inflated.
     *
     * @return to be released by the caller
     */
    ByteBuf payload(ByteBuf frame, int length, int size) {
        ByteBuf content = frame.slice(frame.readerIndex(), length);
        if (size == 0) {
            return content.retain();
        }
        ByteBuf inflated = frame.alloc().directBuffer(size);
        try {
            Zlib.ofThisThread().inflate(content, size, inflated);
            return inflated.retain();
        } finally {
            inflated.release();
        }
    }

    /** Sends a packet at once. */
    void send(State state, Packet packet) {
        write(state, packet);
        channel().flush();
    }

    /** Sends a packet with the next one that is sent at once. */
    void write(State state, Packet packet) {
        ByteBuf payload = channel().alloc().directBuffer();
        try {
            PacketCodec.encode(version(), state, outgoing, packet, payload);
            ByteBuf frame = channel().alloc().directBuffer();
            Frames.write(payload, threshold, frame, Zlib.ofThisThread());
            writeFrames(frame);
        } finally {
            payload.release();
        }
    }

    /** Takes whole frames over, to be sent with the next flush. */
    void writeFrames(ByteBuf frames) {
        if (encryption != null) {
            encryption.apply(frames);
        }
        channel().write(frames, channel().voidPromise());
    }

    /** Takes whole frames over and sends them. */
    void sendFrames(ByteBuf frames) {
        writeFrames(frames);
        channel().flush();
    }

    int threshold() {
        return threshold;
    }

    /** From the next frame on, in both directions. */
    void compress(int newThreshold) {
        threshold = newThreshold;
    }

    /** From the next byte on, in both directions. */
    void encrypt(byte[] secret) {
        encryption = Cfb8.encryption(secret);
        decryption = Cfb8.decryption(secret);
    }

    boolean isEncrypted() {
        return encryption != null;
    }

    Channel channel() {
        return Objects.requireNonNull(channel, "not connected yet");
    }

    /** Leaves as a game client does: says that nothing more will come, and lets the other side close. */
    void leave() {
        left = true;
        ((DuplexChannel) channel()).shutdownOutput();
    }

    void close() {
        left = true;
        if (channel != null) {
            channel.close();
        }
    }

    boolean hasLeft() {
        return left;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
        left = true;
        onEnd(null);
    }

    @Override
    @SuppressWarnings("deprecation") // of handlers for outbound events; this is one for inbound events
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        boolean expected = failure instanceof IOException || failure instanceof BadPacketException;
        onEnd(expected ? String.valueOf(failure.getMessage()) : failure.toString());
        close();
    }
}
