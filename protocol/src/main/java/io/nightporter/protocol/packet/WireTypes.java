package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.VarInts;

/** The types that fields are made of. */
public final class WireTypes {

    public static final WireType<Boolean> BOOL = new WireType<>() {
        @Override
        public Boolean read(ByteBuf in, int protocol) {
            need(in, 1);
            return in.readByte() != 0;
        }

        @Override
        public void write(ByteBuf out, Boolean value, int protocol) {
            out.writeBoolean(value);
        }
    };

    private WireTypes() {}

    static void need(ByteBuf in, int bytes) {
        if (in.readableBytes() < bytes) {
            throw new BadPacketException("packet_too_short", "a packet ended in the middle of a field");
        }
    }

    static int readCount(ByteBuf in, int max) {
        int count = VarInts.read(in);
        if (count < 0 || count > max) {
            throw new BadPacketException("count_too_large", "a count of " + count + " where " + max + " are allowed");
        }
        return count;
    }

    static void writeCount(ByteBuf out, int count, int max) {
        if (count > max) {
            throw new IllegalArgumentException("a count of " + count + " where " + max + " are allowed");
        }
        VarInts.write(out, count);
    }
}
