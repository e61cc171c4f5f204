package io.nightporter.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import io.nightporter.protocol.packet.BadPacketException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * zlib contexts that an event loop shares among all its players, since a context costs a quarter of a megabyte and is
 * needed for microseconds. Not for use by two threads.
 */
public final class Zlib {

    private static final FastThreadLocal<Zlib> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected Zlib initialValue() {
            return new Zlib();
        }

        @Override
        protected void onRemoval(Zlib zlib) {
            zlib.inflater.end();
            zlib.deflater.end();
        }
    };
    /** Faster than zlib's default at hardly any loss on game data. */
    private static final int LEVEL = 4;
    private static final int SMALLEST_STEP = 512;

    /** As long as the widest varint. */
    private final byte[] head = new byte[5];
    private final Inflater inflater = new Inflater();
    private final Deflater deflater = new Deflater(LEVEL);

    private Zlib() {}

    /** The contexts of the calling thread. */
    public static Zlib ofThisThread() {
        return OF_THREAD.get();
    }

    /**
     * Inflates one zlib stream.
     *
     * @param in exactly the stream; its readable bytes are consumed
     * @param size how many bytes must come out
     * @throws BadPacketException when the stream is broken, too short or too long
     */
    public void inflate(ByteBuf in, int size, ByteBuf out) {
        inflater.reset();
        inflater.setInput(in.nioBuffer());
        out.ensureWritable(size);
        int start = out.writerIndex();
        try {
            int produced = 0;
            while (produced < size) {
                int step = inflater.inflate(out.nioBuffer(start + produced, size - produced));
                if (step == 0) {
                    break;
                }
                produced += step;
            }
            boolean exact = produced == size && (inflater.finished() || endsHere());
            if (!exact) {
                throw new BadPacketException("zlib_size_mismatch", "a compressed packet is not as long as it says");
            }
            out.writerIndex(start + size);
            in.skipBytes(in.readableBytes());
        } catch (DataFormatException _) {
            throw new BadPacketException("zlib_broken", "a compressed packet cannot be inflated");
        }
    }

    /** Whether nothing but the stream's checksum is left: the inflater only notices when it is asked for more. */
    private boolean endsHere() throws DataFormatException {
        return inflater.inflate(new byte[1]) == 0 && inflater.finished();
    }

    /**
     * Inflates just the first bytes of a stream and reads the number that they begin with: a packet's id without the
     * cost of the packet.
     *
     * @throws BadPacketException when the beginning is broken or holds no number
     */
    public int peekVarInt(ByteBuf in, int index, int length) {
        inflater.reset();
        inflater.setInput(in.nioBuffer(index, length));
        try {
            int produced = inflater.inflate(head);
            int value = 0;
            for (int i = 0; i < produced; i++) {
                value |= (head[i] & 0x7F) << (7 * i);
                if (head[i] >= 0) {
                    return value;
                }
            }
        } catch (DataFormatException _) {
            throw new BadPacketException("zlib_broken", "a compressed packet cannot be inflated");
        }
        throw new BadPacketException("packet_too_short", "a compressed packet without an id");
    }

    /** Appends the readable bytes of {@code in} to {@code out} as one zlib stream; consumes them. */
    public void deflate(ByteBuf in, ByteBuf out) {
        deflater.reset();
        deflater.setInput(in.nioBuffer());
        deflater.finish();
        out.ensureWritable(Math.max(SMALLEST_STEP, in.readableBytes() / 2));
        while (!deflater.finished()) {
            if (!out.isWritable()) {
                out.ensureWritable(SMALLEST_STEP);
            }
            ByteBuffer space = out.nioBuffer(out.writerIndex(), out.writableBytes());
            out.writerIndex(out.writerIndex() + deflater.deflate(space));
        }
        in.skipBytes(in.readableBytes());
    }
}
