package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import net.kyori.adventure.nbt.ListBinaryTag;

/**
 * Registries as long and as deep as those that a server sends to everybody who joins: biomes, 40 kB in all, of which
 * compression leaves an eighth.
 */
final class Registries {

    private static final int BIOMES = 64;
    private static final long SEED = 25_565;
    private static final String BIOME = "minecraft:worldgen/biome";

    private Registries() {}

    /** For the JoinGame packet, as 1.16 to 1.20.1 have it: a compound with an empty name. */
    static Bytes inJoinGame() {
        var entries = ListBinaryTag.builder();
        for (int i = 0; i < BIOMES; i++) {
            entries.add(
                CompoundBinaryTag.builder().putString("name", name(i)).putInt("id", i).put("element", biome(i)).build()
            );
        }
        var registry = CompoundBinaryTag.builder().putString("type", BIOME).put("value", entries.build()).build();
        return Bytes.of(serialized(CompoundBinaryTag.builder().put(BIOME, registry).build(), true));
    }

    /** The body of a RegistryData packet, as 1.20.2 and later have it. */
    static Bytes packet(int protocol) {
        if (protocol < 766) {
            var entries = ListBinaryTag.builder();
            for (int i = 0; i < BIOMES; i++) {
                entries.add(
                    CompoundBinaryTag.builder()
                        .putString("name", name(i))
                        .putInt("id", i)
                        .put("element", biome(i))
                        .build()
                );
            }
            var registry = CompoundBinaryTag.builder().putString("type", BIOME).put("value", entries.build()).build();
            return Bytes.of(serialized(CompoundBinaryTag.builder().put(BIOME, registry).build(), false));
        }
        ByteBuf body = Unpooled.buffer();
        string(body, BIOME);
        VarInts.write(body, BIOMES);
        for (int i = 0; i < BIOMES; i++) {
            string(body, name(i));
            body.writeBoolean(true);
            body.writeBytes(serialized(biome(i), false));
        }
        return Bytes.copyOf(body);
    }

    private static String name(int biome) {
        return "minecraft:biome_" + biome;
    }

    private static CompoundBinaryTag biome(int number) {
        var random = new Random(SEED + number);
        var mood = CompoundBinaryTag.builder()
            .putString("sound", "minecraft:ambient.cave")
            .putInt("tick_delay", 6_000)
            .putInt("block_search_extent", 8)
            .putDouble("offset", 2)
            .build();
        var music = CompoundBinaryTag.builder()
            .putString("sound", "minecraft:music.overworld.biome_" + number)
            .putInt("min_delay", 12_000)
            .putInt("max_delay", 24_000)
            .putByte("replace_current_music", (byte) 0)
            .build();
        var effects = CompoundBinaryTag.builder()
            .putInt("sky_color", random.nextInt(1 << 24))
            .putInt("water_fog_color", random.nextInt(1 << 24))
            .putInt("fog_color", random.nextInt(1 << 24))
            .putInt("water_color", random.nextInt(1 << 24))
            .putInt("grass_color", random.nextInt(1 << 24))
            .putInt("foliage_color", random.nextInt(1 << 24))
            .putString("grass_color_modifier", "none")
            .put("mood_sound", mood)
            .put("music", music)
            .build();
        return CompoundBinaryTag.builder()
            .putByte("has_precipitation", (byte) random.nextInt(2))
            .putFloat("temperature", random.nextFloat())
            .putString("temperature_modifier", "none")
            .putFloat("downfall", random.nextFloat())
            .put("effects", effects)
            .build();
    }

    private static byte[] serialized(CompoundBinaryTag tag, boolean named) {
        var out = new ByteArrayOutputStream();
        try {
            if (named) {
                BinaryTagIO.writer().write(tag, out);
            } else {
                BinaryTagIO.writer().writeNameless(tag, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void string(ByteBuf out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        VarInts.write(out, utf8.length);
        out.writeBytes(utf8);
    }
}
