package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.command.CommandNode;
import io.nightporter.protocol.command.CommandTree;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.TextDecoration;

/** Packets with arbitrary values, made from what their records declare, that the given protocol can carry. */
final class PacketSamples {

    /** A packet in one version, state and direction. */
    record Place(ProtocolVersion version, State state, Direction direction, PacketType<?> type) {
        Packet sample(RandomGenerator random) {
            return (Packet) new PacketSamples(version.number(), random).record(type.packetClass());
        }

        ByteBuf encode(Packet packet) {
            ByteBuf out = Unpooled.buffer();
            PacketCodec.encode(version, state, direction, packet, out);
            return out;
        }

        /** The body alone, without the id. */
        ByteBuf encodeBody(Packet packet) {
            ByteBuf out = encode(packet);
            VarInts.read(out);
            return out;
        }

        Packet decodeBody(ByteBuf body) {
            return PacketCodec.decode(version, type, body);
        }

        @Override
        public String toString() {
            return version + " " + state + " " + direction + " " + type.packetClass().getSimpleName();
        }
    }

    /** Values that the wire or the game limits: by record and component, for a protocol. */
    private static final Map<String, BiFunction<Integer, RandomGenerator, Object>> LIMITED = Map.ofEntries(
        limited("Handshake.port", (protocol, random) -> random.nextInt(0x10000)),
        limited("KeepAlive.id", (protocol, random) -> protocol < 340 ? random.nextInt() : random.nextLong()),
        limited("LoginStart.id", (protocol, random) ->
            protocol >= 764 || random.nextBoolean() ? Optional.of(uuid(random)) : Optional.empty()
        ),
        limited("EncryptionResponse.proof", (protocol, random) ->
            protocol < 759 || protocol > 760 || random.nextBoolean()
                ? new EncryptionResponse.Token(bytes(random, random.nextInt(200)))
                : new EncryptionResponse.Signed(random.nextLong(), bytes(random, random.nextInt(200)))
        ),
        limited("ClientSettings.viewDistance", (protocol, random) -> random.nextInt(-128, 128)),
        limited("ClientSettings.chatMode", (protocol, random) -> random.nextInt(3)),
        limited("ClientSettings.difficulty", (protocol, random) -> random.nextInt(256)),
        limited("ClientSettings.skinParts", (protocol, random) -> random.nextInt(256)),
        limited("ClientSettings.particles", (protocol, random) -> random.nextInt(3)),
        limited("GameEvent.event", (protocol, random) -> random.nextInt(1, 9)),
        limited("ClientboundPlayerAbilities.flags", (protocol, random) -> random.nextInt(16)),
        limited("ServerboundPlayerAbilities.flags", (protocol, random) -> random.nextInt(16)),
        limited("ClientboundLegacyChat.position", (protocol, random) -> random.nextInt(3)),
        limited("PlayerPosition.relative", (protocol, random) -> random.nextInt(protocol < 768 ? 32 : 512)),
        limited("BlockPosition.x", (protocol, random) -> blockCoordinate(protocol, random, 26)),
        limited("BlockPosition.y", (protocol, random) -> blockCoordinate(protocol, random, 12)),
        limited("BlockPosition.z", (protocol, random) -> blockCoordinate(protocol, random, 26)),
        limited("JoinGame.maxPlayers", (protocol, random) -> random.nextInt(protocol < 751 ? 256 : 100_000)),
        limited("JoinGame.registries", (protocol, random) -> nbt(protocol, random)),
        limited("Dimension.Described.nbt", (protocol, random) -> nbt(protocol, random)),
        limited("SpawnInfo.dimension", PacketSamples::dimension),
        limited("SpawnInfo.gameMode", (protocol, random) -> random.nextInt(4)),
        limited("SpawnInfo.previousGameMode", (protocol, random) -> random.nextInt(-1, 4)),
        limited("SpawnInfo.difficulty", (protocol, random) -> random.nextInt(4)),
        limited("Respawn.kept", (protocol, random) -> random.nextInt(protocol < 766 ? 2 : 4)),
        limited("BossBar.Flags.flags", (protocol, random) -> random.nextInt(8)),
        limited("BossBar.Add.flags", (protocol, random) -> random.nextInt(8)),
        limited("ChatMessage.signature", (protocol, random) ->
            random.nextBoolean() ? Optional.of(signature(protocol, random)) : Optional.empty()
        ),
        limited("SignedArgument.signature", PacketSamples::signature),
        limited("Seen.signature", PacketSamples::signature),
        limited("LastSeenMessages.acknowledged", (protocol, random) -> bytes(random, 3)),
        limited("LastSeenMessages.checksum", (protocol, random) -> random.nextInt(128)),
        limited("LegacyTitle.change", PacketSamples::titleChange),
        limited("RegistryData.Entry.content", (protocol, random) ->
            random.nextBoolean() ? Optional.of(nbt(protocol, random)) : Optional.empty()
        ),
        limited("RegistryData.codec", (protocol, random) -> nbt(protocol, random)),
        limited("UpdateTags.registries", DependentSamples::tags),
        limited("PlayerInfoLegacy.change", DependentSamples::playerInfoChange),
        limited("PlayerInfoUpdate", DependentSamples::playerInfoUpdate),
        limited("ScoreboardObjective", DependentSamples::objective),
        limited("Team", DependentSamples::team),
        limited("DeclareCommands.tree", (protocol, random) ->
            CommandTree.of(List.of(CommandNode.command("a" + random.nextInt())))
                .alone(protocol)
                .tree()
        )
    );

    private static final String[] LETTERS = "a b c x 7 _ - . : / § ä ñ 中 文 😀".split(" ");

    private final int protocol;
    private final RandomGenerator random;

    private PacketSamples(int protocol, RandomGenerator random) {
        this.protocol = protocol;
        this.random = random;
    }

    /** Any values that this protocol can carry. */
    static <T> T sample(Class<T> type, int protocol, RandomGenerator random) {
        return type.cast(new PacketSamples(protocol, random).record(type));
    }

    /** Every version, state and direction in which a packet that has a record exists. */
    static List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (ProtocolVersion version : ProtocolVersions.builtIn().all()) {
            for (State state : State.values()) {
                for (Direction direction : Direction.values()) {
                    for (PacketType<?> type : PacketTypes.ALL) {
                        if (type.directions().contains(direction) && version.has(state, direction, type.name())) {
                            places.add(new Place(version, state, direction, type));
                        }
                    }
                }
            }
        }
        return places;
    }

    private Object record(Class<?> type) {
        BiFunction<Integer, RandomGenerator, Object> whole = LIMITED.get(name(type));
        if (whole != null) {
            return whole.apply(protocol, random);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            BiFunction<Integer, RandomGenerator, Object> limit = LIMITED.get(
                name(type) + "." + components[i].getName()
            );
            values[i] = limit == null ? value(components[i].getGenericType()) : limit.apply(protocol, random);
        }
        try {
            var constructor = type.getDeclaredConstructor(
                Stream.of(components)
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new)
            );
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " cannot be made of " + List.of(values), e);
        }
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return random.nextBoolean() ? Optional.of(value(element)) : Optional.empty();
            }
            return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> value(element))
                .toList();
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain);
        }
        if (plain.isSealed()) {
            Class<?>[] variants = plain.getPermittedSubclasses();
            return record(variants[random.nextInt(variants.length)]);
        }
        return simple(plain);
    }

    private Object simple(Class<?> type) {
        return switch (type.getName()) {
            case "int", "java.lang.Integer" -> random.nextInt();
            case "long" -> random.nextLong();
            // Quarters are the same number as float, as double and as text.
            case "float" -> random.nextInt(-4_000, 4_000) / 4F;
            case "double" -> random.nextInt(-400_000, 400_000) / 4.0;
            case "boolean" -> random.nextBoolean();
            case "java.lang.String" -> string(random.nextInt(13), random);
            case "java.util.UUID" -> uuid(random);
            case "io.nightporter.protocol.packet.Bytes" -> bytes(random, random.nextInt(100));
            case "io.nightporter.protocol.text.Text" -> text(random);
            default -> throw new AssertionError("PacketSamples does not know how to make a " + type);
        };
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return type == LastSeenMessages.Seen.class || outer == null
            ? type.getSimpleName()
            : outer.getSimpleName() + "." + type.getSimpleName();
    }

    private static Map.Entry<String, BiFunction<Integer, RandomGenerator, Object>> limited(
        String component,
        BiFunction<Integer, RandomGenerator, Object> values
    ) {
        return Map.entry(component, values);
    }

    private static Object dimension(int protocol, RandomGenerator random) {
        if (protocol <= 578) {
            return new Dimension.Numbered(random.nextInt(-1, 2));
        }
        if (protocol >= 766) {
            return new Dimension.Numbered(random.nextInt(300));
        }
        return protocol >= 751 && protocol <= 758
            ? new Dimension.Described(nbt(protocol, random))
            : new Dimension.Named(string(5, random));
    }

    private static Object titleChange(int protocol, RandomGenerator random) {
        return switch (random.nextInt(protocol <= 210 ? 5 : 6)) {
            case 0 -> new LegacyTitle.Title(text(random));
            case 1 -> new LegacyTitle.Subtitle(text(random));
            case 2 -> new LegacyTitle.Times(random.nextInt(), random.nextInt(), random.nextInt());
            case 3 -> new LegacyTitle.Hide();
            case 4 -> new LegacyTitle.Reset();
            default -> new LegacyTitle.AboveHotBar(text(random));
        };
    }

    private static int blockCoordinate(int protocol, RandomGenerator random, int bits) {
        return protocol <= 5 ? random.nextInt() : random.nextInt(-(1 << (bits - 1)), 1 << (bits - 1));
    }

    private static Bytes signature(int protocol, RandomGenerator random) {
        return bytes(random, protocol <= 760 ? random.nextInt(1, 300) : 256);
    }

    private static UUID uuid(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static Bytes bytes(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    static String string(int letters, RandomGenerator random) {
        return string(letters, random, LETTERS.length);
    }

    /** For strings in NBT: prismarine-nbt does not read a surrogate pair as Java, and the game, writes it. */
    private static String nbtString(int letters, RandomGenerator random) {
        return string(letters, random, LETTERS.length - 1);
    }

    private static String string(int units, RandomGenerator random, int letters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < units) {
            text.append(LETTERS[random.nextInt(letters)]);
        }
        return text.toString();
    }

    static Text text(RandomGenerator random) {
        Component component = Component.text(nbtString(random.nextInt(1, 30), random));
        if (random.nextBoolean()) {
            component = component.color(NamedTextColor.GOLD);
        }
        return Text.of(random.nextBoolean() ? component.decorate(TextDecoration.BOLD) : component);
    }

    private static Bytes nbt(int protocol, RandomGenerator random) {
        CompoundBinaryTag tag = CompoundBinaryTag.builder()
            .putString("name", nbtString(5, random))
            .putInt("number", random.nextInt())
            .put(
                "inner",
                CompoundBinaryTag.builder()
                    .putLongArray("longs", new long[] { 1, random.nextLong() })
                    .build()
            )
            .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (protocol < 764) {
                BinaryTagIO.writer().writeNamed(Map.entry("", tag), bytes);
            } else {
                BinaryTagIO.writer().writeNameless(tag, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes.toByteArray());
    }
}
