package io.nightporter.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, a player's or a server's. It decrypts and keeps what arrives, offers it to the {@link Phase} of the
 * moment, and turns packets into frames on the way out. Used by its event loop only.
 */
public final class Wire extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(Wire.class);
    private static final int FRAME_HEADROOM = 8;
    /** Bytes that may wait for a slow reader before its sender is paused, and how few let the sender go on. */
    public static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 << 10, 128 << 10);

    private final Direction sends;
    private final Channel channel;
    private Phase phase = new Undecided();
    private @Nullable ProtocolVersion version;
    private State sendState = State.HANDSHAKE;
    private int threshold = -1;
    private @Nullable Cfb8 encryption;
    private @Nullable Cfb8 decryption;
    private final Inbox inbox = new Inbox(this);
    private final Reading reading;
    private @Nullable InetSocketAddress peer;
    /** Ends the connection, or looks whether it still lives. */
    private @Nullable Future<?> timer;
    private final Silence silence = new Silence(this);
    private boolean closed;

    /** Why nothing is read from a connection for now. */
    public enum Pause {
        /** What it says cannot be passed on: the other connection has no room, or is not there yet. */
        OTHER_SIDE,
        /** What its peer said last is still being worked on. */
        WORK,
        /** Its peer has sent more than its share. */
        ALLOWANCE,
    }

    /**
     * @param sends {@link Direction#CLIENTBOUND} on a player's connection, {@link Direction#SERVERBOUND} on a server's
     */
    public Wire(Channel channel, Direction sends) {
        this.channel = channel;
        this.sends = sends;
        this.reading = new Reading(this);
    }

    public Channel channel() {
        return channel;
    }

    /** Where the peer is, behind whatever balancer announced it. */
    public InetSocketAddress peer() {
        return peer == null ? (InetSocketAddress) channel.remoteAddress() : peer;
    }

    /** The same for log lines: address and port. */
    public String peerText() {
        InetSocketAddress address = peer();
        return address.getHostString() + ":" + address.getPort();
    }

    /** A balancer that may be believed says who the peer really is. */
    public void peer(InetSocketAddress announced) {
        peer = announced;
    }

    /** Whether this very phase is the one of the moment. */
    @SuppressWarnings("ReferenceEquality") // another one of the same kind would be another phase
    public boolean isIn(Phase one) {
        return phase == one;
    }

    public Phase phase() {
        return phase;
    }

    /** The direction of the packets that arrive here. */
    public Direction receives() {
        return sends.opposite();
    }

    public void phase(Phase next) {
        phase = next;
    }

    public ProtocolVersion version() {
        if (version == null) {
            throw new IllegalStateException("the handshake has not been read");
        }
        return version;
    }

    public void version(ProtocolVersion spoken) {
        version = spoken;
    }

    /** The state whose packets {@link #send} writes. */
    public State sendState() {
        return sendState;
    }

    public void sendState(State state) {
        sendState = state;
    }

    /** The compression threshold in both directions, in bytes; negative: frames are not compressed at all. */
    public int threshold() {
        return threshold;
    }

    public void threshold(int bytes) {
        threshold = Math.max(-1, bytes);
    }

    /** Whether the peer's connection is encrypted. */
    public boolean encrypted() {
        return encryption != null;
    }

    /** From here on both directions are encrypted, including bytes that have already arrived. */
    public void encrypt(byte[] secret) {
        encryption = Cfb8.encryption(secret);
        decryption = Cfb8.decryption(secret);
        inbox.decrypt(decryption);
    }

    /** Bytes that have arrived and that no phase has taken yet. */
    public int keptBytes() {
        return inbox.bytes();
    }

    /** Bytes of memory that are held for what has arrived and was not taken yet. */
    public int keptCapacity() {
        return inbox.capacity();
    }

    /** Has the system ask now and then whether the peer's machine is still there. */
    public void keepAlive() {
        try {
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        } catch (ChannelException _) {
            // The peer is gone already, and the phase is about to hear of it.
        }
    }

    /** Reads nothing more until every reason for that is gone. */
    public void pause(Pause reason) {
        reading.pause(reason);
    }

    /** This is no reason any more. */
    public void resume(Pause reason) {
        reading.resume(reason);
    }

    /** Reads on, whatever was the reason not to. */
    void resume() {
        reading.resume();
    }

    /** Reads nothing more for a while, because the peer has sent more than its share. */
    public void pauseFor(Duration time) {
        reading.pauseFor(Pause.ALLOWANCE, time);
    }

    /** For a connection whose bytes go to another one: whether that one has room for more. */
    public void otherSideHasRoom(boolean room) {
        if (room) {
            resume(Pause.OTHER_SIDE);
        } else {
            pause(Pause.OTHER_SIDE);
        }
    }

    /** Writes a packet in the state of the moment; {@link #flush} sends it off. */
    public void send(Packet packet) {
        ByteBuf payload = channel.alloc().buffer();
        try {
            PacketCodec.encode(version(), sendState, sends, packet, payload);
            sendPayload(payload);
        } finally {
            payload.release();
        }
    }

    /** Writes id and body as one frame. The readable bytes are consumed, ownership stays with the caller. */
    public void sendPayload(ByteBuf payload) {
        ByteBuf frame = channel.alloc().buffer(payload.readableBytes() + FRAME_HEADROOM);
        try {
            Frames.write(payload, threshold, frame, Zlib.ofThisThread());
        } catch (RuntimeException e) {
            frame.release();
            throw e;
        }
        forward(frame);
    }

    /**
     * Writes bytes that are framed and compressed as this connection has it.
     *
     * @param frames taken over; encrypted in place, so nobody else may be using the same memory
     */
    public void forward(ByteBuf frames) {
        if (encryption != null) {
            encryption.apply(frames);
        }
        channel.write(frames, channel.voidPromise());
    }

    /**
     * Writes bytes that others get as well.
     *
     * @param frames framed and compressed as this connection has it; stay the caller's, and as they are
     */
    public void forwardShared(ByteBuf frames) {
        if (encryption != null) {
            forward(channel.alloc().buffer(frames.readableBytes()).writeBytes(frames, 0, frames.readableBytes()));
        } else {
            channel.write(frames.retainedDuplicate(), channel.voidPromise());
        }
    }

    public void flush() {
        channel.flush();
    }

    /** Whether something was written and has not left: after a flush, that the peer reads too slowly. */
    public boolean hasBacklog() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out != null && !out.isEmpty();
    }

    /**
     * Writes a part of a buffer that is framed and compressed as this connection has it.
     *
     * @param in stays the caller's; encrypted in place, so the part must not be used any more
     */
    public void forward(ByteBuf in, int start, int length) {
        if (length < in.capacity() >> 1 && hasBacklog()) {
            // It may take a while, and must not keep a buffer from others that is much larger than itself.
            forward(channel.alloc().buffer(length, length).writeBytes(in, start, length));
        } else {
            forward(in.retainedSlice(start, length));
        }
    }

    /**
     * The payload (id and body) of a frame's content.
     *
     * @param max largest inflated size in bytes
     * @return released by the caller; its memory may be the content's own
     */
    public ByteBuf unwrap(ByteBuf content, int max) {
        if (threshold < 0) {
            return content.retain();
        }
        int size = VarInts.read(content);
        if (size == 0) {
            return content.retain();
        }
        if (size < threshold || size > max) {
            throw new BadPacketException("zlib_size_refused", "a compressed packet that claims " + size + " bytes");
        }
        ByteBuf plain = channel.alloc().buffer(size, size);
        try {
            Zlib.ofThisThread().inflate(content, size, plain);
            return plain;
        } catch (RuntimeException e) {
            plain.release();
            throw e;
        }
    }

    /** Ends the connection without a word. */
    public void close() {
        channel.close();
    }

    /** Says a last word and hangs up. */
    public void closeAfter(Packet lastWord) {
        if (closed) {
            return;
        }
        send(lastWord);
        hangUp();
    }

    /** Hangs up once everything written has left, and the peer has had time to hang up itself. */
    public void hangUp() {
        Farewell.begin(this);
    }

    /** The same for a peer that has said all that it had to say: nothing unread can spoil the last word. */
    public void hangUpOnSilentPeer() {
        Farewell.toSilentPeer(this);
    }

    /** From now on calls {@link Phase#silent} whenever nothing moved for this long. */
    public void watchSilence(Duration limit) {
        silence.watch(limit);
    }

    /** There is one timer; it ends with the connection. */
    void timer(Duration time, Runnable task) {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = closed ? null : channel.eventLoop().schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether nothing that arrives can matter any more; the phase may not have heard of it yet. */
    boolean isClosed() {
        return closed || !channel.isOpen();
    }

    /** Offers what is kept to the phase of the moment: also for a phase that was waiting and can now go on. */
    public void offerPending() {
        inbox.offer();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        silence.broken();
        if (decryption != null) {
            decryption.apply(in);
        }
        inbox.arrived(in);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        phase.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        silence.writabilityChanged();
        phase.writabilityChanged(channel.isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        phase.closed();
        inbox.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("connection failed address={}", channel.remoteAddress(), cause);
        }
        ctx.close();
    }

    /** Nobody has taken the connection yet: what arrives is kept. */
    private record Undecided() implements Phase {
        @Override
        public void bytes(ByteBuf in) {}

        @Override
        public void closed() {}
    }
}
