package io.nightporter.demo;

import java.util.SplittableRandom;
import net.minestom.server.coordinate.Point;
import net.minestom.server.instance.block.Block;
import net.minestom.server.instance.generator.GenerationUnit;
import net.minestom.server.instance.generator.Generator;

/** Gentle hills of grass with flowers and, here and there, an oak; flat around the spawn. */
final class Meadow implements Generator {

    /** The block height of the grass at the spawn. */
    static final int SPAWN_HEIGHT = 64;

    private static final int LOWEST = 48;
    private static final double FLAT_RADIUS = 12;
    private static final Block[] FLOWERS = { Block.DANDELION, Block.POPPY, Block.CORNFLOWER, Block.OXEYE_DAISY };

    @Override
    public void generate(GenerationUnit unit) {
        Point start = unit.absoluteStart();
        Point end = unit.absoluteEnd();
        if (start.blockY() > SPAWN_HEIGHT + 32 || end.blockY() <= LOWEST) {
            return;
        }
        for (int x = start.blockX(); x < end.blockX(); x++) {
            for (int z = start.blockZ(); z < end.blockZ(); z++) {
                column(unit, x, z);
            }
        }
        plantTree(unit, start.blockX(), start.blockZ());
    }

    private static void column(GenerationUnit unit, int x, int z) {
        int height = height(x, z);
        Block flower = flower(x, z);
        for (int y = LOWEST; y < height; y++) {
            set(unit, x, y, z, y == LOWEST ? Block.BEDROCK : y < height - 3 ? Block.STONE : Block.DIRT);
        }
        set(unit, x, height, z, Block.GRASS_BLOCK);
        set(unit, x, height + 1, z, flower);
    }

    /** The height of the grass: two long waves, faded out towards the spawn. */
    static int height(int x, int z) {
        double distance = Math.hypot(x, z);
        double fade = Math.clamp((distance - FLAT_RADIUS) / 24, 0, 1);
        double hills = 4 * Math.sin(x / 19.0) * Math.cos(z / 23.0) + 2 * Math.sin((x + z) / 11.0);
        return SPAWN_HEIGHT + (int) Math.round(fade * hills);
    }

    private static Block flower(int x, int z) {
        SplittableRandom random = at(x, z);
        return switch (random.nextInt(24)) {
            case 0 -> FLOWERS[random.nextInt(FLOWERS.length)];
            case 1, 2, 3 -> Block.SHORT_GRASS;
            default -> Block.AIR;
        };
    }

    /** One oak in every third chunk, in the middle of its chunk so that its crown does not cross the border. */
    private static void plantTree(GenerationUnit unit, int chunkX, int chunkZ) {
        SplittableRandom random = at(chunkX * 31 + 7, chunkZ);
        int x = chunkX + 5 + random.nextInt(6);
        int z = chunkZ + 5 + random.nextInt(6);
        if (random.nextInt(3) != 0 || Math.hypot(x, z) < FLAT_RADIUS) {
            return;
        }
        int ground = height(x, z);
        int trunk = 4 + random.nextInt(3);
        for (int dy = trunk - 2; dy <= trunk + 2; dy++) {
            int reach = dy <= trunk ? 2 : 1;
            for (int dx = -reach; dx <= reach; dx++) {
                for (int dz = -reach; dz <= reach; dz++) {
                    boolean corner = Math.abs(dx) == reach && Math.abs(dz) == reach;
                    if (!corner || (dy < trunk && reach == 2 && random.nextBoolean())) {
                        set(unit, x + dx, ground + dy, z + dz, Block.OAK_LEAVES);
                    }
                }
            }
        }
        set(unit, x, ground, z, Block.DIRT);
        for (int dy = 1; dy <= trunk; dy++) {
            set(unit, x, ground + dy, z, Block.OAK_LOG);
        }
    }

    private static SplittableRandom at(int x, int z) {
        return new SplittableRandom((x * 341_873_128_712L) ^ (z * 132_897_987_541L));
    }

    private static void set(GenerationUnit unit, int x, int y, int z, Block block) {
        if (y >= unit.absoluteStart().blockY() && y < unit.absoluteEnd().blockY()) {
            unit.modifier().setBlock(x, y, z, block);
        }
    }
}
