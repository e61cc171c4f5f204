package io.nightporter.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.packet.BadPacketException;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on a connection and no phase has taken yet: at rest hardly ever more than the beginning of a frame,
 * in a buffer of about its size, since the buffers of the socket are large and are needed elsewhere.
 */
final class Inbox {

    /** Unused bytes that are not worth a copy. */
    private static final int SLACK = 256;
    /** The beginning of a frame that is larger than this counts against what all of an event loop may have. */
    private static final int ORDINARY = 64 << 10;
    /** Bytes that the unfinished large frames of one event loop may hold together. */
    private static final long MOST_LARGE = 64 << 20;

    private static final FastThreadLocal<Large> LARGE = new FastThreadLocal<>() {
        @Override
        protected Large initialValue() {
            return new Large();
        }
    };

    /** What the unfinished large frames of one event loop hold. */
    private static final class Large {

        long bytes;
    }

    private final Wire wire;
    /** Also set while a phase is being offered it. */
    private @Nullable ByteBuf kept;
    private boolean offering;
    /** Bytes of {@link #LARGE} that are this one's. */
    private int large;

    Inbox(Wire wire) {
        this.wire = wire;
    }

    int bytes() {
        return kept == null ? 0 : kept.readableBytes();
    }

    int capacity() {
        return kept == null ? 0 : kept.capacity();
    }

    /** Bytes that came before the connection was encrypted from here on. */
    void decrypt(Cfb8 decryption) {
        if (kept != null && kept.isReadable()) {
            decryption.apply(kept);
        }
    }

    /** Takes over what was read from the socket. */
    void arrived(ByteBuf in) {
        while (kept != null && in.isReadable()) {
            // A frame has begun: just that one is completed, so that what comes behind it need not be copied.
            int wanted = Math.min(wire.phase().missing(kept), in.readableBytes());
            kept.writeBytes(in, wanted);
            offer();
            account();
        }
        if (in.isReadable() && !wire.isClosed()) {
            kept = in;
            offer();
        } else {
            in.release();
        }
    }

    /** Offers what is here to the phase of the moment, and to those that take over from it. */
    void offer() {
        ByteBuf bytes = kept;
        if (bytes == null || offering) {
            // Called from within a phase: the loop below goes on with whoever has taken over.
            return;
        }
        offering = true;
        try {
            Phase offered;
            do {
                offered = wire.phase();
                offered.bytes(bytes);
            } while (!wire.isIn(offered) && bytes.isReadable());
        } catch (BadPacketException e) {
            bytes.skipBytes(bytes.readableBytes());
            wire.phase().refused(wire, e);
        } finally {
            offering = false;
            if (!bytes.isReadable() || wire.isClosed()) {
                bytes.release();
                kept = null;
            } else {
                kept = rightSized(bytes);
            }
        }
    }

    /** The rest, alone in a buffer that is not much larger; slices of what was taken may still be on their way out. */
    private ByteBuf rightSized(ByteBuf bytes) {
        int rest = bytes.readableBytes();
        boolean grows = bytes.maxWritableBytes() > Frames.MAX_CONTENT;
        if (grows && bytes.refCnt() == 1 && bytes.capacity() - rest <= rest + SLACK) {
            return bytes;
        }
        try {
            return wire
                .channel()
                .alloc()
                .buffer(rest + SLACK)
                .writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    /** Frames that never end must not take the memory from all others. */
    private void account() {
        int held = capacity() > ORDINARY ? capacity() : 0;
        if (held != large) {
            Large all = LARGE.get();
            all.bytes += held - large;
            boolean grew = held > large;
            large = held;
            if (grew && all.bytes > MOST_LARGE) {
                refuse(
                    new BadPacketException("memory_short", "too many large frames at once, of which this is unfinished")
                );
            }
        }
    }

    private void refuse(BadPacketException reason) {
        wire.phase().refused(wire, reason);
        release();
    }

    /** The connection is gone. */
    void release() {
        if (kept != null && !offering) {
            kept.release();
            kept = null;
        }
        if (large > 0) {
            LARGE.get().bytes -= large;
            large = 0;
        }
    }
}
