package io.nightporter.e2e.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BlockPosition;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.GameEvent;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.SpawnInfo;
import io.nightporter.protocol.packet.SpawnPosition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a {@link WireServer} shows: the packets of a world, with a chunk whose bytes the client can compare. */
public final class WireWorld {

    private static final String OVERWORLD = "minecraft:overworld";
    /** A compound without a name and without entries, as versions before 1.20.2 write it. */
    private static final Bytes EMPTY_NBT = Bytes.of((byte) 10, (byte) 0, (byte) 0, (byte) 0);
    private static final int CHUNK_SIZE = 60_000;

    private WireWorld() {}

    public static JoinGame joinGame(int protocol) {
        return new JoinGame(
            1,
            false,
            spawn(protocol),
            List.of(OVERWORLD),
            protocol >= 735 && protocol <= 763 ? EMPTY_NBT : Bytes.EMPTY,
            20,
            4,
            4,
            false,
            true,
            false,
            false,
            false
        );
    }

    private static SpawnInfo spawn(int protocol) {
        boolean named = protocol >= 735;
        return new SpawnInfo(
            dimension(protocol),
            named ? OVERWORLD : "",
            5,
            2,
            SpawnInfo.NO_GAME_MODE,
            1,
            named ? "" : "flat",
            false,
            true,
            Optional.empty(),
            0,
            63
        );
    }

    private static Dimension dimension(int protocol) {
        if (protocol <= 578 || protocol >= 766) {
            return new Dimension.Numbered(0);
        }
        return protocol >= 751 && protocol <= 758 ? new Dimension.Described(EMPTY_NBT) : new Dimension.Named(OVERWORLD);
    }

    static SpawnPosition spawnPosition() {
        return new SpawnPosition(OVERWORLD, new BlockPosition(8, 64, 8), 0, 0);
    }

    /** Where every player appears. */
    public static PlayerPosition position() {
        return PlayerPosition.at(8.5, 64, 8.5, 90, 0, 1);
    }

    public static GameEvent chunksFollow() {
        return new GameEvent(GameEvent.CHUNKS_FOLLOW, 0);
    }

    /** Half noise, half zeros: no chunk for a game, but one that must arrive as it was sent. */
    public static Bytes chunk() {
        var chunk = new byte[CHUNK_SIZE];
        byte[] noise = new byte[CHUNK_SIZE / 2];
        new SplittableRandom(11).nextBytes(noise);
        System.arraycopy(noise, 0, chunk, 0, noise.length);
        Arrays.fill(chunk, noise.length, chunk.length, (byte) 0);
        return Bytes.of(chunk);
    }

    /** RegistryData: one dimension type; before 1.20.5 an empty compound. */
    public static Bytes registry(int protocol) {
        return registry(protocol, List.of());
    }

    /**
     * RegistryData of a server that is not like others.
     *
     * @param own dimension types of the server; before 1.20.5 names of tags
     */
    static Bytes registry(int protocol, List<String> own) {
        ByteBuf body = Unpooled.buffer();
        if (protocol < 766) {
            body.writeByte(10);
            for (String name : own) {
                byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                body.writeByte(1).writeShort(utf8.length).writeBytes(utf8).writeByte(1);
            }
            body.writeByte(0);
            return Bytes.copyOf(body);
        }
        string(body, "minecraft:dimension_type");
        VarInts.write(body, 1 + own.size());
        string(body, OVERWORLD);
        body.writeBoolean(false);
        for (String name : own) {
            string(body, name);
            body.writeBoolean(false);
        }
        return Bytes.copyOf(body);
    }

    private static void string(ByteBuf out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        VarInts.write(out, utf8.length);
        out.writeBytes(utf8);
    }
}
