package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.metrics.RelayCounters;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a relay. Frames are scanned where they lie: their ids are looked at, and runs of frames that nobody
 * wants leave as one slice of the buffer in which they came. Only a packet that is of interest is unwrapped, and only
 * where the two connections compress differently is a frame written anew.
 */
abstract class RelaySide implements Phase {

    /** Largest inflated packet toward players: what current clients accept. */
    static final int MAX_CLIENTBOUND = 8 << 20;
    /** Largest inflated packet toward servers. */
    static final int MAX_SERVERBOUND = 2 << 20;

    private static final int VARINT_BYTES = 5;

    final Wire from;
    final Wire to;
    private final RelayCounters counters;
    private final Direction direction;
    private final int maxInflated;
    private State state;
    private @Nullable Interest[] interests;
    private boolean wrote;

    RelaySide(Wire from, Wire to, State state, int maxInflated, RelayCounters counters) {
        this.from = from;
        this.to = to;
        this.counters = counters;
        this.direction = from.receives();
        this.maxInflated = maxInflated;
        this.state = state;
        this.interests = Interest.of(from.version(), state, direction);
    }

    /** What becomes of a packet that was looked into. */
    sealed interface Verdict {
        /** It goes on as it is. */
        Verdict FORWARD = new Forward();
        /** It ends here. */
        Verdict TAKEN = new Taken();

        record Forward() implements Verdict {}

        record Taken() implements Verdict {}

        /** This goes on in its place. */
        record Replaced(Packet by) implements Verdict {}
    }

    /**
     * Hears of what has arrived before the last of it goes on.
     *
     * @return false when it must not, and the connection ends
     */
    boolean allows(int frames, int bytes) {
        return true;
    }

    /** Decides about a packet of interest; the payload stands behind the id. */
    abstract Verdict inspect(Interest interest, ByteBuf payload);

    State state() {
        return state;
    }

    /** The packets that come next are of another state. */
    void state(State next) {
        state = next;
        interests = Interest.of(from.version(), next, direction);
        to.sendState(next);
    }

    @Override
    public void bytes(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        int first = start;
        int position = start;
        int frames = 0;
        int others = 0;
        do {
            int header = Frames.header(in, position, end, Frames.MAX_CONTENT);
            if (header == Frames.INCOMPLETE || end - position < Frames.total(header)) {
                break;
            }
            int content = position + Frames.headerSize(header);
            int next = position + Frames.total(header);
            int size = from.threshold() < 0 ? 0 : claimedSize(in, content, next);
            @Nullable
            Interest interest = interest(in, content, next, size);
            boolean fits = fits(size, next - content);
            if (interest == null && fits) {
                frames++;
                position = next;
                continue;
            }
            others++;
            ByteBuf payload = from.unwrap(in.slice(content, next - content), maxInflated);
            try {
                Verdict verdict = interest == null ? Verdict.FORWARD : verdict(interest, payload);
                if (fits && verdict instanceof Verdict.Forward) {
                    counters.inspected(direction);
                } else {
                    forwardRun(in, start, position, frames);
                    others += frames;
                    frames = 0;
                    start = next;
                    single(verdict, payload);
                    counters.bytes(direction, next - position);
                }
            } finally {
                payload.release();
            }
            position = next;
        } while (position < end && from.isIn(this));
        in.readerIndex(position);
        if (allows(frames + others, position - first)) {
            forwardRun(in, start, position, frames);
        }
    }

    @Override
    public int missing(ByteBuf left) {
        int header = Frames.header(left, left.readerIndex(), left.writerIndex(), Frames.MAX_CONTENT);
        return header == Frames.INCOMPLETE ? 1 : Frames.total(header) - left.readableBytes();
    }

    private Verdict verdict(Interest interest, ByteBuf payload) {
        int id = payload.readerIndex();
        VarInts.read(payload);
        Verdict verdict = inspect(interest, payload);
        payload.readerIndex(id);
        return verdict;
    }

    private void forwardRun(ByteBuf in, int start, int end, int frames) {
        if (end > start) {
            counters.forwarded(direction, frames);
            counters.bytes(direction, end - start);
            to.forward(in, start, end - start);
            wrote = true;
        }
    }

    /** A packet that cannot go on as it came. */
    private void single(Verdict verdict, ByteBuf payload) {
        switch (verdict) {
            case Verdict.Forward _ -> to.sendPayload(payload);
            case Verdict.Replaced(Packet packet) -> to.send(packet);
            case Verdict.Taken _ -> {
                counters.inspected(direction);
                return;
            }
        }
        counters.rewritten(direction);
        wrote = true;
    }

    /** The inflated size that a compressed frame claims, 0 for one that is not compressed. */
    private int claimedSize(ByteBuf in, int content, int next) {
        int size = varint(in, content, next);
        if (size != 0 && (size < from.threshold() || size > maxInflated)) {
            throw new BadPacketException("zlib_size_refused", "a compressed packet that claims " + size + " bytes");
        }
        return size;
    }

    private @Nullable Interest interest(ByteBuf in, int content, int next, int size) {
        int id;
        if (from.threshold() < 0) {
            id = varint(in, content, next);
        } else if (size == 0) {
            id = varint(in, content + varintBytes(in, content), next);
        } else {
            int stream = content + varintBytes(in, content);
            id = Zlib.ofThisThread().peekVarInt(in, stream, next - stream);
        }
        @Nullable
        Interest interest = id >= 0 && id < interests.length ? interests[id] : null;
        return interest != null && Math.max(size, next - content) > interest.longest() ? null : interest;
    }

    private static int varint(ByteBuf in, int index, int end) {
        int value = 0;
        for (int i = 0; i < VARINT_BYTES; i++) {
            if (index + i >= end) {
                throw new BadPacketException("packet_too_short", "a frame ended in the middle of a number");
            }
            byte b = in.getByte(index + i);
            value |= (b & 0x7F) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        throw new BadPacketException("varint_too_long", "a number of more than five bytes");
    }

    /** Bytes of a number that is known to be complete. */
    private static int varintBytes(ByteBuf in, int index) {
        int bytes = 1;
        while (in.getByte(index + bytes - 1) < 0) {
            bytes++;
        }
        return bytes;
    }

    /** Whether the other connection takes this frame as it is. */
    private boolean fits(int size, int contentLength) {
        int mine = from.threshold();
        int theirs = to.threshold();
        if (mine == theirs) {
            return true;
        }
        if (mine < 0 || theirs < 0) {
            return false;
        }
        return size == 0 ? contentLength - 1 < theirs : size >= theirs;
    }

    @Override
    public void readComplete() {
        if (wrote) {
            wrote = false;
            to.flush();
        }
    }

    @Override
    public void writabilityChanged(boolean writable) {
        // Our own connection is full: the other one must not be read until this one has room again.
        to.otherSideHasRoom(writable);
    }
}
