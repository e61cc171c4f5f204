package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Samples whose parts depend on each other, or are bytes that have a form of their own. */
final class DependentSamples {

    private DependentSamples() {}

    static Object tags(int protocol, RandomGenerator random) {
        Stream<String> names = Stream.of("minecraft:block", "minecraft:item", "minecraft:fluid");
        if (protocol >= 477) {
            names = Stream.concat(names, Stream.of("minecraft:entity_type"));
        }
        return names
            .map(name -> new UpdateTags.Registry(name, list(UpdateTags.Tag.class, protocol, random)))
            .filter(registry -> protocol < 755 || random.nextInt(4) > 0)
            .toList();
    }

    static Object playerInfoChange(int protocol, RandomGenerator random) {
        if (protocol <= 5) {
            return new PlayerInfoLegacy.Named(
                PacketSamples.string(random.nextInt(13), random),
                random.nextBoolean(),
                (int) (short) random.nextInt()
            );
        }
        return switch (random.nextInt(5)) {
            case 0 -> new PlayerInfoLegacy.Add(list(PlayerInfoLegacy.Player.class, protocol, random));
            case 1 -> new PlayerInfoLegacy.GameModes(entries(WireTypes.VARINT, random.nextInt(4), protocol, random));
            case 2 -> new PlayerInfoLegacy.Pings(entries(WireTypes.VARINT, random.nextInt(), protocol, random));
            case 3 -> new PlayerInfoLegacy.DisplayNames(
                entries(
                    WireTypes.TEXT.optional(),
                    random.nextBoolean() ? Optional.of(PacketSamples.text(random)) : Optional.empty(),
                    protocol,
                    random
                )
            );
            default -> new PlayerInfoLegacy.Remove(
                IntStream.range(0, random.nextInt(4))
                    .mapToObj(i -> uuid(random))
                    .toList()
            );
        };
    }

    static Object playerInfoUpdate(int protocol, RandomGenerator random) {
        int actions = random.nextInt(protocol < 768 ? 64 : 128);
        if (protocol >= 769 && (actions & PlayerInfoUpdate.LIST_ORDER) != 0) {
            // minecraft-data confuses the two latest bits, but has their fields in the right order.
            actions |= PlayerInfoUpdate.HAT;
        }
        ByteBuf entries = Unpooled.buffer();
        PlayerInfoUpdate.players(actions).write(
            entries,
            list(PlayerInfoUpdate.Player.class, protocol, random),
            protocol
        );
        // What is read is what this version and these actions have of it.
        return (actions & PlayerInfoUpdate.ADD) != 0
            ? new PlayerInfoUpdate(actions, PlayerInfoUpdate.players(actions).read(entries, protocol), Bytes.EMPTY)
            : new PlayerInfoUpdate(actions, List.of(), Bytes.copyOf(entries));
    }

    static Object objective(int protocol, RandomGenerator random) {
        String name = PacketSamples.string(random.nextInt(13), random);
        int mode = random.nextInt(3);
        if (protocol <= 5) {
            return new ScoreboardObjective(name, mode, Bytes.utf8("title " + random.nextInt()));
        }
        if (mode == ScoreboardObjective.REMOVE) {
            return ScoreboardObjective.remove(name);
        }
        ByteBuf look = Unpooled.buffer();
        if (protocol < 393) {
            WireTypes.IDENTIFIER.write(look, "title", protocol);
            WireTypes.IDENTIFIER.write(look, random.nextBoolean() ? "integer" : "hearts", protocol);
        } else {
            WireTypes.TEXT.write(look, PacketSamples.text(random), protocol);
            VarInts.write(look, random.nextInt(2));
        }
        if (protocol >= 765) {
            look.writeBoolean(false);
        }
        return new ScoreboardObjective(name, mode, Bytes.copyOf(look));
    }

    static Object team(int protocol, RandomGenerator random) {
        String name = PacketSamples.string(random.nextInt(13), random);
        if (random.nextBoolean()) {
            return Team.remove(name);
        }
        ByteBuf players = Unpooled.buffer();
        int count = random.nextInt(3);
        if (protocol <= 5) {
            players.writeShort(count);
        } else {
            VarInts.write(players, count);
        }
        for (int i = 0; i < count; i++) {
            WireTypes.IDENTIFIER.write(players, "player " + i, protocol);
        }
        return new Team(name, random.nextBoolean() ? Team.JOIN : Team.LEAVE, Bytes.copyOf(players));
    }

    private static <T> Bytes entries(WireType<T> type, T value, int protocol, RandomGenerator random) {
        ByteBuf out = Unpooled.buffer();
        int count = random.nextInt(4);
        VarInts.write(out, count);
        for (int i = 0; i < count; i++) {
            WireTypes.UUID_BINARY.write(out, uuid(random), protocol);
            type.write(out, value, protocol);
        }
        return Bytes.copyOf(out);
    }

    private static <T> List<T> list(Class<T> type, int protocol, RandomGenerator random) {
        return IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> PacketSamples.sample(type, protocol, random))
            .toList();
    }

    private static UUID uuid(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
