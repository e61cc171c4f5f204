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
import java.util.List;
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

        /** These go on in its place. */
        record Replaced(List<Packet> by) implements Verdict {
            Replaced(Packet... by) {
                this(List.of(by));
            }
        }
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

    /** Whether a packet goes on of which it is enough to know that it came. */
    boolean noted(Interest interest) {
        return false;
    }

    /** Whether packets that interest nobody end here for now. */
    boolean isMuted() {
        return false;
    }

    /** Whether nothing goes on any more, not even of this read. */
    boolean isOver() {
        return false;
    }

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
        var run = new Run(in);
        try {
            scan(run);
        } catch (BadPacketException e) {
            // What came before the nonsense was right, and may be the reason for which a server sends a player away.
            finish(run);
            throw e;
        }
        finish(run);
    }

    /** How far a read has been scanned. */
    private static final class Run {

        final ByteBuf in;
        final int first;
        /** Where the frames begin that have not gone on yet. */
        int start;
        /** Behind the last frame that was scanned. */
        int position;
        /** Frames of the run that were not looked into. */
        int frames;
        /** All other frames of this read. */
        int others;

        Run(ByteBuf in) {
            this.in = in;
            first = start = position = in.readerIndex();
        }
    }

    private void scan(Run run) {
        ByteBuf in = run.in;
        int end = in.writerIndex();
        int position = run.position;
        do {
            int header = Frames.header(in, position, end, Frames.MAX_CONTENT);
            if (header == Frames.INCOMPLETE || end - position < Frames.total(header)) {
                return;
            }
            int content = position + Frames.headerSize(header);
            int next = position + Frames.total(header);
            int size = from.threshold() < 0 ? 0 : claimedSize(in, content, next);
            @Nullable
            Interest interest = interest(in, content, next, size);
            boolean fits = fits(size, next - content);
            if (interest == null && isMuted()) {
                forward(run);
                run.others++;
                run.start = next;
            } else if (fits && (interest == null || noted(interest))) {
                run.frames++;
            } else {
                lookInto(run, content, next, interest, fits);
            }
            position = next;
            run.position = next;
        } while (position < end && from.isIn(this) && !isOver());
    }

    /** A packet of interest, or one that the other connection does not take as it is. */
    private void lookInto(Run run, int content, int next, @Nullable Interest interest, boolean fits) {
        ByteBuf payload = from.unwrap(run.in.slice(content, next - content), maxInflated);
        try {
            Verdict verdict = interest == null ? Verdict.FORWARD : verdict(interest, payload);
            run.others++;
            if (fits && verdict instanceof Verdict.Forward) {
                counters.inspected(direction);
            } else {
                forward(run);
                run.start = next;
                single(verdict, payload);
                counters.bytes(direction, next - run.position);
            }
        } finally {
            payload.release();
        }
    }

    private void finish(Run run) {
        run.in.readerIndex(run.position);
        if (allows(run.frames + run.others, run.position - run.first)) {
            forward(run);
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

    /** The frames that have been scanned and go on as they came. */
    private void forward(Run run) {
        int length = run.position - run.start;
        if (length > 0) {
            counters.forwarded(direction, run.frames);
            counters.bytes(direction, length);
            to.forward(run.in, run.start, length);
            run.others += run.frames;
            run.frames = 0;
            wrote = true;
        }
    }

    /** A packet that cannot go on as it came. */
    private void single(Verdict verdict, ByteBuf payload) {
        switch (verdict) {
            case Verdict.Forward _ -> to.sendPayload(payload);
            case Verdict.Replaced(List<Packet> packets) -> packets.forEach(to::send);
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
