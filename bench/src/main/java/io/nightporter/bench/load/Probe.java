package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.VarInts;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A plugin message, the last packet of its burst, that tells the player when the burst was sent, and what before.
 *
 * @param time {@link System#nanoTime} of the server, which on Linux is the same clock for all processes
 * @param packets that this connection was sent before, keep-alives not counted
 * @param payload bytes of those packets
 */
record Probe(long time, long packets, long payload) {
    private static final byte[] CHANNEL = "\nbench:load".getBytes(StandardCharsets.US_ASCII);
    private static final int BODY = CHANNEL.length + 3 * Long.BYTES;

    /** Bytes of the packet. */
    static int payloadSize(int id) {
        return VarInts.size(id) + BODY;
    }

    /** Appends the probe as a frame; it is too short for any threshold that is used. */
    void write(int id, boolean compressedLink, ByteBuf out) {
        VarInts.write(out, payloadSize(id) + (compressedLink ? 1 : 0));
        if (compressedLink) {
            out.writeByte(0);
        }
        VarInts.write(out, id);
        out.writeBytes(CHANNEL);
        out.writeLong(time).writeLong(packets).writeLong(payload);
    }

    /** Reads what follows the id; null where it is another message. */
    static @Nullable Probe read(ByteBuf body, int length) {
        if (length != BODY) {
            return null;
        }
        for (byte expected : CHANNEL) {
            if (body.readByte() != expected) {
                return null;
            }
        }
        return new Probe(body.readLong(), body.readLong(), body.readLong());
    }
}
