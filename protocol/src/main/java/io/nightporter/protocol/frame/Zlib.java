package io.nightporter.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import io.nightporter.protocol.packet.BadPacketException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * zlib contexts that an event loop shares among all its players, since a context costs a quarter of a megabyte and is
 * needed for microseconds. Whole streams are libdeflate's work where it is installed. Not for use by two threads.
 */
public final class Zlib {

    private static final FastThreadLocal<Zlib> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected Zlib initialValue() {
            return new Zlib();
        }

        @Override
        protected void onRemoval(Zlib zlib) {
            zlib.close();
        }
    };

    /** As long as the widest varint. */
    private final byte[] head = new byte[5];
    private final Inflater peeking = new Inflater();
    private @Nullable ZlibCoder coder;

    private Zlib() {}

    Zlib(ZlibCoder coder) {
        this.coder = coder;
    }

    /**
     * The contexts of the calling thread. They live outside the heap and end with a thread that Netty made; another one
     * that is to end has to run in {@link io.netty.util.concurrent.FastThreadLocalThread#runWithFastThreadLocal}.
     */
    public static Zlib ofThisThread() {
        return OF_THREAD.get();
    }

    /** What whole streams are made and read by on this machine: {@code libdeflate} or {@code JDK}. */
    public static String implementation() {
        return LibDeflate.isAvailable() ? "libdeflate" : "JDK";
    }

    /** Made late: where both connections of all players compress alike, it is hardly ever needed. */
    private ZlibCoder coder() {
        if (coder == null) {
            LibDeflate fast = LibDeflate.tryCreate();
            coder = fast == null ? new JdkZlib() : fast;
        }
        return coder;
    }

    /**
     * Inflates one zlib stream.
     *
     * @param in exactly the stream; its readable bytes are consumed
     * @param size how many bytes must come out
     * @throws BadPacketException when the stream is broken, too short or too long
     */
    public void inflate(ByteBuf in, int size, ByteBuf out) {
        out.ensureWritable(size);
        coder().inflate(in, size, out);
        in.skipBytes(in.readableBytes());
    }

    /**
     * Inflates just the first bytes of a stream and reads the number that they begin with: a packet's id without the
     * cost of the packet.
     *
     * @throws BadPacketException when the beginning is broken or holds no number
     */
    public int peekVarInt(ByteBuf in, int index, int length) {
        peeking.reset();
        peeking.setInput(in.nioBuffer(index, length));
        try {
            int produced = peeking.inflate(head);
            int value = 0;
            for (int i = 0; i < produced; i++) {
                value |= (head[i] & 0x7F) << (7 * i);
                if (head[i] >= 0) {
                    return value;
                }
            }
        } catch (DataFormatException _) {
            throw ZlibCoder.broken();
        }
        throw new BadPacketException("packet_too_short", "a compressed packet without an id");
    }

    /** Appends the readable bytes of {@code in} to {@code out} as one zlib stream; consumes them. */
    public void deflate(ByteBuf in, ByteBuf out) {
        coder().deflate(in, out);
        in.skipBytes(in.readableBytes());
    }

    private void close() {
        peeking.end();
        if (coder != null) {
            coder.close();
        }
    }
}
