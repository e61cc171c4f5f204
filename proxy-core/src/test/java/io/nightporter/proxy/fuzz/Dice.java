package io.nightporter.proxy.fuzz;

import java.util.List;
import java.util.Random;

/** What chance decides in one case; the same seed decides the same. */
final class Dice {

    private static final int[] EDGES = { 0, 1, -1, 2, 127, 128, 255, 256, 16_383, 16_384, 32_767, 65_535, 65_536 };
    private static final int[] FAR_EDGES = { 2_097_151, 2_097_152, 8_388_608, 8_388_609, 1 << 28, Integer.MAX_VALUE };

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** 0 … sides - 1. */
    int of(int sides) {
        return random.nextInt(sides);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    long anyLong() {
        return random.nextLong();
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A number at which limits like to be. */
    int edge() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> FAR_EDGES[random.nextInt(FAR_EDGES.length)];
            default -> EDGES[random.nextInt(EDGES.length)];
        };
    }
}
