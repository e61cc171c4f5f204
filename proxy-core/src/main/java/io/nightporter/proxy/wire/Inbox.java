package io.nightporter.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.packet.BadPacketException;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on a connection and no phase has taken yet: at rest hardly ever more than the beginning of a frame,
 * in a buffer of about its size, since the buffers of the socket are large and are needed elsewhere.
 */
final class Inbox {

    /** Unused bytes that are not worth a copy. */
    private static final int SLACK = 256;

    private final Wire wire;
    /** Also set while a phase is being offered it. */
    private @Nullable ByteBuf kept;
    private boolean offering;

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
        if (bytes.refCnt() == 1 && bytes.capacity() - rest <= rest + SLACK) {
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

    /** The connection is gone. */
    void release() {
        if (kept != null && !offering) {
            kept.release();
            kept = null;
        }
    }
}
