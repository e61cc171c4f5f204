package io.nightporter.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.Zlib;
import java.util.Random;

/** Packets of the sizes that a game server sends: many of ten to sixty bytes, now and then a chunk. */
final class Traffic {

    private static final int SMALL_PACKETS = 200;
    private static final int CHUNK_BYTES = 24_000;
    private static final long SEED = 25_565;

    private Traffic() {}

    /** One second of game for one player, framed. */
    static ByteBuf second(int threshold) {
        Random random = new Random(SEED);
        ByteBuf stream = Unpooled.directBuffer();
        for (int i = 0; i < SMALL_PACKETS; i++) {
            frame(payload(random, 10 + random.nextInt(50), 256), threshold, stream);
        }
        frame(chunk(), threshold, stream);
        return stream;
    }

    /** A payload that compresses about as well as a chunk does: to a quarter. */
    static byte[] chunk() {
        return payload(new Random(SEED), CHUNK_BYTES, 4);
    }

    private static byte[] payload(Random random, int size, int variety) {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) random.nextInt(variety);
        }
        payload[0] = 0x2F;
        return payload;
    }

    private static void frame(byte[] payload, int threshold, ByteBuf stream) {
        Frames.write(Unpooled.wrappedBuffer(payload), threshold, stream, Zlib.ofThisThread());
    }
}
