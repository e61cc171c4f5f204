package io.nightporter.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.BadPacketException;

/**
 * The outermost layer of the protocol: a varint length of at most three bytes, then as many bytes.
 *
 * <p>Headers are looked at in place, so that a frame that nobody wants is never copied. A header travels as one int to
 * stay off the heap: the content's length shifted left by {@value #SIZE_BITS}, and the header's own size below.
 */
public final class Frames {

    /** The longest content that three bytes of length can announce. */
    public static final int MAX_CONTENT = (1 << 21) - 1;
    /** What {@link #header} says while the length has not arrived as a whole. */
    public static final int INCOMPLETE = -1;

    private static final int SIZE_BITS = 2;
    private static final int SIZE_MASK = 3;

    private Frames() {}

    /**
     * Reads the length at {@code index}, of which bytes before {@code end} have arrived.
     *
     * @param max longest content that is accepted here
     * @return for {@link #content} and {@link #headerSize}, or {@link #INCOMPLETE}
     * @throws BadPacketException when the length is zero, wider than three bytes or over {@code max}
     */
    public static int header(ByteBuf in, int index, int end, int max) {
        int available = end - index;
        int size;
        int content;
        if (available >= 4) {
            int word = in.getIntLE(index);
            // the lowest byte whose top bit is clear ends the number
            int stops = ~word & 0x808080;
            if (stops == 0) {
                throw tooWide();
            }
            size = (Integer.numberOfTrailingZeros(stops) + 1) >> 3;
            content = (word & 0x7F) | ((word >>> 1) & 0x3F80) | ((word >>> 2) & 0x1FC000);
            content &= (1 << (7 * size)) - 1;
        } else {
            size = 0;
            content = 0;
            byte b;
            do {
                if (size == available) {
                    return INCOMPLETE;
                }
                b = in.getByte(index + size);
                content |= (b & 0x7F) << (7 * size);
                size++;
                if (size == 3 && b < 0) {
                    throw tooWide();
                }
            } while (b < 0);
        }
        if (content == 0) {
            throw new BadPacketException("frame_empty", "a frame of no bytes");
        }
        if (content > max) {
            throw new BadPacketException(
                "frame_too_long",
                "a frame of " + content + " bytes where " + max + " are allowed"
            );
        }
        return (content << SIZE_BITS) | size;
    }

    /** Bytes that follow the length. */
    public static int content(int header) {
        return header >> SIZE_BITS;
    }

    /** Bytes of the length itself: 1 … 3. */
    public static int headerSize(int header) {
        return header & SIZE_MASK;
    }

    /** Bytes of the whole frame. */
    public static int total(int header) {
        return content(header) + headerSize(header);
    }

    /**
     * Writes a packet as one frame.
     *
     * @param payload id and body; its readable bytes are consumed, its ownership stays with the caller
     * @param threshold the link's compression threshold in bytes, negative where the link does not compress
     */
    public static void write(ByteBuf payload, int threshold, ByteBuf out, Zlib zlib) {
        int size = payload.readableBytes();
        if (threshold < 0) {
            requireFits(size);
            VarInts.write(out, size);
            out.writeBytes(payload);
        } else if (size < threshold) {
            requireFits(size + 1);
            VarInts.write(out, size + 1);
            out.writeByte(0);
            out.writeBytes(payload);
        } else {
            writeCompressed(payload, size, out, zlib);
        }
    }

    private static void writeCompressed(ByteBuf payload, int size, ByteBuf out, Zlib zlib) {
        // The length comes first but is known last: leave room for its widest form and write it padded.
        int start = out.writerIndex();
        out.writeZero(3);
        VarInts.write(out, size);
        zlib.deflate(payload, out);
        int content = out.writerIndex() - start - 3;
        requireFits(content);
        out.setByte(start, (content & 0x7F) | 0x80);
        out.setByte(start + 1, ((content >>> 7) & 0x7F) | 0x80);
        out.setByte(start + 2, content >>> 14);
    }

    private static void requireFits(int content) {
        if (content > MAX_CONTENT) {
            throw new BadPacketException(
                "frame_too_long",
                "a packet of " + content + " bytes does not fit into a frame"
            );
        }
    }

    private static BadPacketException tooWide() {
        return new BadPacketException("frame_length_too_wide", "a frame length of more than three bytes");
    }
}
