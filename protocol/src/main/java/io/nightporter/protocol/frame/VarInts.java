package io.nightporter.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.BadPacketException;

/** The variable-length integers of the protocol: seven bits a byte, lowest first, at most five bytes. */
public final class VarInts {

    private VarInts() {}

    /**
     * @throws BadPacketException when the number is not complete or longer than five bytes
     */
    public static int read(ByteBuf in) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (!in.isReadable()) {
                throw new BadPacketException("packet_too_short", "a packet ended in the middle of a number");
            }
            byte b = in.readByte();
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new BadPacketException("varint_too_long", "a number of more than five bytes");
    }

    public static void write(ByteBuf out, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /** How many bytes {@link #write} needs: 1 … 5. */
    public static int size(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }
}
