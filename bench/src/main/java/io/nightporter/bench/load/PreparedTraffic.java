package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.GameEvent;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.SpawnInfo;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The frames of a {@link Shape}, made once: what is sent while it is measured is only copied. */
final class PreparedTraffic {

    /** Different small packets, so that nobody sees the same bytes all the time. */
    static final int SMALLS = 4_096;
    static final int CHUNKS = 16;

    private static final String OVERWORLD = "minecraft:overworld";
    /** Of the protocols whose JoinGame has registries in it. */
    private static final int FIRST_WITH_REGISTRIES = 735;
    private static final int FIRST_WITH_CONFIGURATION = 764;
    private static final int FIRST_WITH_LOADING_SCREEN = 765;

    private final ProtocolVersion version;
    private final int threshold;
    private final ByteBuf entry = Unpooled.buffer();
    private final ByteBuf registries = Unpooled.buffer();
    private final ByteBuf smalls = Unpooled.buffer();
    /** Where in {@link #smalls} each one begins, and at last where they end. */
    private final int[] smallAt = new int[SMALLS + 1];
    /** Bytes of payload before each one, and at last of all. */
    private final int[] smallPayload = new int[SMALLS + 1];
    private final List<ByteBuf> chunks = new ArrayList<>();
    private final int[] chunkPayload = new int[CHUNKS];

    PreparedTraffic(ProtocolVersion version, Shape shape) {
        this.version = version;
        this.threshold = shape.compression();
        entry(joinGame(version.number()));
        entry(new PluginMessage("minecraft:brand", Bytes.utf8("\7vanilla")));
        entry(PlayerPosition.at(8.5, 64, 8.5, 90, 0, 1));
        if (version.number() >= FIRST_WITH_LOADING_SCREEN) {
            entry(new GameEvent(GameEvent.CHUNKS_FOLLOW, 0));
        }
        if (version.number() >= FIRST_WITH_CONFIGURATION) {
            ByteBuf payload = Unpooled.buffer();
            VarInts.write(payload, version.id(State.CONFIGURATION, Direction.CLIENTBOUND, "RegistryData"));
            payload.writeBytes(Registries.packet(version.number()).toBuffer());
            frame(payload, registries);
        }
        prepareSmalls();
        int chunkId = version.id(State.PLAY, Direction.CLIENTBOUND, "ChunkData");
        for (int i = 0; i < CHUNKS; i++) {
            ByteBuf payload = Unpooled.buffer();
            VarInts.write(payload, chunkId);
            payload.writeBytes(Chunk.body(i));
            chunkPayload[i] = payload.readableBytes();
            ByteBuf frame = Unpooled.buffer();
            frame(payload, frame);
            chunks.add(frame);
        }
    }

    /** What a player gets who enters the world: JoinGame first. */
    ByteBuf entry() {
        return entry.duplicate();
    }

    /** What a player gets in the configuration state; empty before 1.20.2. */
    ByteBuf registries() {
        return registries.duplicate();
    }

    /** Frames of small packets, one behind the other. */
    ByteBuf smalls(int first, int count) {
        return smalls.slice(smallAt[first], smallAt[first + count] - smallAt[first]);
    }

    int payloadOfSmalls(int first, int count) {
        return smallPayload[first + count] - smallPayload[first];
    }

    ByteBuf chunk(int number) {
        return chunks.get(number % CHUNKS).duplicate();
    }

    int payloadOfChunk(int number) {
        return chunkPayload[number % CHUNKS];
    }

    private void entry(Packet packet) {
        ByteBuf payload = Unpooled.buffer();
        PacketCodec.encode(version, State.PLAY, Direction.CLIENTBOUND, packet, payload);
        frame(payload, entry);
    }

    private void frame(ByteBuf payload, ByteBuf out) {
        Frames.write(payload, threshold, out, Zlib.ofThisThread());
    }

    /** Three of ten as long as a teleport of an entity, the others as a step and a turn of its head. */
    private void prepareSmalls() {
        var random = new Random(0xAB5);
        int step = unnamedId(0x20);
        int teleport = unnamedId(step + 1);
        for (int i = 0; i < SMALLS; i++) {
            boolean far = random.nextInt(10) < 3;
            ByteBuf payload = Unpooled.buffer();
            VarInts.write(payload, far ? teleport : step);
            VarInts.write(payload, 20_000 + random.nextInt(400));
            for (int axis = 0; axis < 3; axis++) {
                if (far) {
                    payload.writeDouble((random.nextInt(1 << 14) - (1 << 13)) / 32.0);
                } else {
                    payload.writeShort(random.nextInt(1 << 10) - (1 << 9));
                }
            }
            payload.writeByte(random.nextInt());
            payload.writeByte(random.nextInt());
            payload.writeBoolean(random.nextBoolean());
            smallAt[i] = smalls.writerIndex();
            smallPayload[i + 1] = smallPayload[i] + payload.readableBytes();
            frame(payload, smalls);
        }
        smallAt[SMALLS] = smalls.writerIndex();
    }

    /** An id that the tables have no name for, because no proxy looks at such packets. */
    private int unnamedId(int from) {
        int id = from;
        while (version.packetName(State.PLAY, Direction.CLIENTBOUND, id) != null) {
            id++;
        }
        return id;
    }

    private static JoinGame joinGame(int protocol) {
        boolean named = protocol >= FIRST_WITH_REGISTRIES;
        boolean registries = named && protocol < FIRST_WITH_CONFIGURATION;
        SpawnInfo spawn = new SpawnInfo(
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
        return new JoinGame(
            1,
            false,
            spawn,
            List.of(OVERWORLD),
            registries ? Registries.inJoinGame() : Bytes.EMPTY,
            20,
            10,
            10,
            false,
            true,
            false,
            false,
            false
        );
    }

    private static Dimension dimension(int protocol) {
        if (protocol < FIRST_WITH_REGISTRIES || protocol >= 766) {
            return new Dimension.Numbered(0);
        }
        boolean described = protocol >= 751 && protocol <= 758;
        return described
            ? new Dimension.Described(Bytes.of((byte) 10, (byte) 0, (byte) 0, (byte) 0))
            : new Dimension.Named(OVERWORLD);
    }
}
