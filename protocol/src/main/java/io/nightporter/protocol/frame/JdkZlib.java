package io.nightporter.protocol.frame;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The zlib that every JDK brings. */
final class JdkZlib implements ZlibCoder {

    /** A chunk of 23.5 kB: 6.6 kB in 107 µs; level 4 makes 5.9 kB in 157 µs, the default 5.6 kB in 920 µs. */
    private static final int LEVEL = 2;
    private static final int SMALLEST_STEP = 512;

    private final Inflater inflater = new Inflater();
    private final Deflater deflater = new Deflater(LEVEL);

    @Override
    public void inflate(ByteBuf in, int size, ByteBuf out) {
        inflater.reset();
        inflater.setInput(in.nioBuffer());
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
            // The inflater only notices that just the checksum is left when it is asked for more.
            boolean more = produced == size && !inflater.finished() && inflater.inflate(new byte[1]) > 0;
            if (!more && !inflater.finished()) {
                throw ZlibCoder.broken();
            }
            if (more || produced < size) {
                throw ZlibCoder.sizeMismatch();
            }
            out.writerIndex(start + size);
        } catch (DataFormatException _) {
            throw ZlibCoder.broken();
        }
    }

    @Override
    public void deflate(ByteBuf in, ByteBuf out) {
        deflater.reset();
        deflater.setInput(in.nioBuffer());
        deflater.finish();
        out.ensureWritable(Math.max(SMALLEST_STEP, in.readableBytes() / 4));
        while (!deflater.finished()) {
            if (!out.isWritable()) {
                out.ensureWritable(SMALLEST_STEP);
            }
            ByteBuffer space = out.nioBuffer(out.writerIndex(), out.writableBytes());
            out.writerIndex(out.writerIndex() + deflater.deflate(space));
        }
    }

    @Override
    public void close() {
        inflater.end();
        deflater.end();
    }
}
