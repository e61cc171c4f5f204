package io.nightporter.bench.load;

import java.util.Random;

/** The body of a chunk packet: as long as one of plain terrain, and as compressible, to a quarter. */
final class Chunk {

    private static final int SECTIONS = 8;
    private static final int EDGE = 16;
    /** Materials that a section consists of; four bits name one. */
    private static final int MATERIALS = 12;
    /** Blobs of one material are this many blocks wide. */
    private static final int BLOB = 4;
    private static final int SECTION_BYTES = (EDGE * EDGE * EDGE) / 2;
    private static final int SECTION_HEAD_BYTES = 48;
    private static final int LIGHT_SECTIONS = 3;
    private static final int LIGHT_BYTES = 2_048;
    private static final int HEIGHT_BYTES = 600;

    private Chunk() {}

    /** The same for the same number, always. */
    static byte[] body(int number) {
        var random = new Random(0xC0FFEE + number);
        byte[] body = new byte[HEIGHT_BYTES +
            SECTIONS * (SECTION_HEAD_BYTES + SECTION_BYTES) +
            LIGHT_SECTIONS * LIGHT_BYTES];
        int at = 0;
        while (at < HEIGHT_BYTES) {
            body[at++] = (byte) (120 + random.nextInt(6));
        }
        for (int section = 0; section < SECTIONS; section++) {
            for (int i = 0; i < SECTION_HEAD_BYTES; i++) {
                body[at++] = (byte) i;
            }
            terrain(random, body, at);
            at += SECTION_BYTES;
        }
        for (int i = 0; i < LIGHT_SECTIONS * LIGHT_BYTES; i++) {
            int height = (i % LIGHT_BYTES) / 128;
            int light = i < (LIGHT_SECTIONS - 1) * LIGHT_BYTES ? height - (random.nextInt(8) == 0 ? 1 : 0) : 15;
            body[at++] = (byte) (Math.max(light, 0) * 0x11);
        }
        return body;
    }

    /** Blobs with ragged edges, and a few blocks of anything. */
    private static void terrain(Random random, byte[] body, int at) {
        int blobs = EDGE / BLOB + 1;
        int[] material = new int[blobs * blobs * blobs];
        for (int i = 0; i < material.length; i++) {
            material[i] = random.nextInt(8) < 5 ? 0 : 1 + random.nextInt(MATERIALS - 1);
        }
        for (int block = 0; block < EDGE * EDGE * EDGE; block++) {
            boolean ragged = random.nextInt(4) == 0;
            int x = (block % EDGE) + (ragged ? random.nextInt(2) : 0);
            int z = ((block / EDGE) % EDGE) + (ragged ? random.nextInt(2) : 0);
            int y = block / (EDGE * EDGE) + (ragged ? random.nextInt(2) : 0);
            int what = material[((y / BLOB) * blobs + z / BLOB) * blobs + x / BLOB];
            if (random.nextInt(50) == 0) {
                what = random.nextInt(MATERIALS);
            }
            body[at + block / 2] |= (byte) (what << (4 * (block % 2)));
        }
    }
}
