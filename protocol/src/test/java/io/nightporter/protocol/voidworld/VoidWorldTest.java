package io.nightporter.protocol.voidworld;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.data.NodeTools;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.GameEvent;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.ProfileProperty;
import io.nightporter.protocol.packet.RegistryData;
import io.nightporter.protocol.packet.Respawn;
import io.nightporter.protocol.packet.UpdateTags;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VoidWorldTest {

    private static final int NEWEST_OF_MINECRAFT_DATA = 775;

    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static final List<ProfileProperty> PROPERTIES = List.of(
        new ProfileProperty("textures", "value", Optional.of("signature"))
    );

    @TempDir
    Path directory;

    /** A packet and the state in which it is sent. */
    private record Sent(State state, Packet packet) {}

    /** One packet as {@code protocol/data/check-packets.mjs} wants it. */
    private record Example(
        int protocol,
        String state,
        String direction,
        String record,
        String hex,
        Map<String, String> fields
    ) {}

    private record Compared(int packets, int protocols) {}

    private record Problem(int protocol, String state, String problem) {}

    private record Verdict(Compared compared, List<Problem> problems) {}

    @Test
    void anotherProgramReadsAndWritesAllThatIsSentInEveryVersion() throws IOException, InterruptedException {
        NodeTools.prepare();
        List<Example> examples = new ArrayList<>();
        for (ProtocolVersion version : ProtocolVersions.builtIn().all()) {
            if (version.number() <= NEWEST_OF_MINECRAFT_DATA) {
                allPackets(version).forEach(sent -> examples.add(example(version, sent)));
            }
        }
        Path packets = Files.writeString(directory.resolve("packets.json"), new Gson().toJson(examples));
        Path verdictFile = directory.resolve("verdict.json");

        NodeTools.Result result = NodeTools.node(verdictFile, "check-packets.mjs", packets.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        Verdict verdict = new Gson().fromJson(Files.readString(verdictFile), Verdict.class);
        assertThat(verdict.problems).isEmpty();
        assertThat(verdict.compared).isEqualTo(new Compared(examples.size(), 50));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatIsSentComesBackAsItWas(ProtocolVersion version) {
        for (Sent sent : allPackets(version).toList()) {
            ByteBuf wire = encode(version, sent);
            int id = VarInts.read(wire);
            PacketType<?> type = Objects.requireNonNull(
                PacketCodec.typeOf(version, sent.state, Direction.CLIENTBOUND, id)
            );
            Packet read = PacketCodec.decode(version, type, wire);
            assertThat(encode(version, new Sent(sent.state, read))).isEqualTo(encode(version, sent));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void thePlayerIsAboveTheWorldThatItJoins(ProtocolVersion version) {
        int protocol = version.number();
        VoidWorld world = VoidWorld.of(version);
        assertThat(top(world, protocol, world.joinGame(true, List.of()))).isLessThan((int) VoidWorld.HEIGHT);
        assertThat(world.arrival())
            .filteredOn(PlayerPosition.class::isInstance)
            .singleElement()
            .satisfies(packet -> assertThat(((PlayerPosition) packet).y()).isEqualTo(protocol <= 5 ? 401.62 : 400));
    }

    @ParameterizedTest
    @MethodSource("configured")
    void whatClientsWantToBeThereIsThere(ProtocolVersion version) {
        int protocol = version.number();
        List<String> notEmpty = new ArrayList<>(List.of("dimension_type", "worldgen/biome", "damage_type"));
        add(notEmpty, protocol >= 766, "wolf_variant", "banner_pattern", "trim_material", "chat_type");
        add(notEmpty, protocol >= 767, "painting_variant", "jukebox_song", "enchantment");
        add(notEmpty, protocol >= 768, "instrument");
        add(notEmpty, protocol >= 770, "wolf_sound_variant", "pig_variant", "frog_variant", "cat_variant");
        add(notEmpty, protocol >= 770, "cow_variant", "chicken_variant", "test_environment", "test_instance");
        add(notEmpty, protocol >= 771, "dialog");
        add(notEmpty, protocol >= 774, "zombie_nautilus_variant", "timeline");
        add(notEmpty, protocol >= 775, "pig_sound_variant", "cat_sound_variant", "cow_sound_variant");
        add(notEmpty, protocol >= 775, "chicken_sound_variant", "world_clock");
        add(notEmpty, protocol >= 776, "sulfur_cube_archetype");
        List<String> withNames = new ArrayList<>(notEmpty);
        add(withNames, protocol >= 777, "block_transformer", "decorated_pot_pattern", "worldgen/block_state_provider");

        VoidWorld world = VoidWorld.of(version);
        assertThat(registries(world, protocol, true)).containsAll(withNames);
        assertThat(registries(world, protocol, false)).containsAll(notEmpty);
    }

    @ParameterizedTest
    @MethodSource("configured")
    void contentIsThereForAClientWithoutTheGamesOwnPackAndNotForOneWithIt(ProtocolVersion version) {
        VoidWorld world = VoidWorld.of(version);
        if (version.number() <= 765) {
            assertThat(world.configuration(true, Held.NOTHING)).isEqualTo(world.configuration(false, Held.NOTHING));
        } else {
            assertThat(entries(world.configuration(true, Held.NOTHING))).allMatch(entry -> entry.content().isEmpty());
            assertThat(entries(world.configuration(false, Held.NOTHING))).allMatch(entry ->
                entry.content().isPresent()
            );
        }
    }

    @ParameterizedTest
    @CsvSource({
        "766, minecraft:core:1.20.5 minecraft:core:1.20.6",
        "771, minecraft:core:1.21.6",
        "775, minecraft:core:26.1 minecraft:core:26.1.1 minecraft:core:26.1.2",
        "777, minecraft:core:26.3",
    })
    void theGamesOwnPackIsOfferedUnderTheNameOfEachRelease(int protocol, String packs) {
        VoidWorld world = VoidWorld.of(version(protocol));
        assertThat(world.offer().packs())
            .map(pack -> pack.namespace() + ":" + pack.id() + ":" + pack.version())
            .containsExactly(packs.split(" "));
        assertThat(world.accepted(new KnownPacks(List.of(world.offer().packs().getLast())))).isTrue();
        assertThat(world.accepted(new KnownPacks(List.of()))).isFalse();
        assertThat(world.accepted(new KnownPacks(List.of(new KnownPacks.Pack("minecraft", "core", "1.2"))))).isFalse();
    }

    @Test
    void nothingIsSaidThatAServerHasSaidInTheSamePass() {
        VoidWorld world = VoidWorld.of(version(777));
        List<Packet> whole = world.configuration(true, Held.NOTHING);
        Held held = Held.NOTHING;
        for (Packet packet : whole.subList(0, 20)) {
            held = held.and(packet);
        }
        assertThat(world.configuration(true, held)).isEqualTo(
            Stream.concat(whole.subList(20, whole.size() - 1).stream(), Stream.of(whole.getLast())).toList()
        );
        for (Packet packet : whole) {
            held = held.and(packet);
        }
        assertThat(world.configuration(false, held)).isEmpty();
    }

    @Test
    void tagsDoNotNamePlacesInARegistryOfTheServer() {
        VoidWorld world = VoidWorld.of(version(776));
        assertThat(tagged(world.configuration(true, Held.NOTHING), "minecraft:timeline")).isNotEmpty();
        Held held = Held.NOTHING.and(RegistryData.of("minecraft:timeline", List.of()));
        assertThat(tagged(world.configuration(true, held), "minecraft:timeline")).isEmpty();
        assertThat(tagged(world.configuration(true, held), "minecraft:fluid")).contains(2, 1, 4, 3);
    }

    @Test
    void theDimensionIsFoundInTheOrderOfTheServer() {
        VoidWorld world = VoidWorld.of(version(777));
        List<RegistryData.Entry> types = Stream.of("a:b", "minecraft:the_end", "minecraft:overworld")
            .map(name -> new RegistryData.Entry(name, Optional.empty()))
            .toList();
        Held held = Held.NOTHING.and(RegistryData.of("minecraft:dimension_type", types));
        assertThat(world.joinGame(true, held.dimensionTypes()).spawn().dimension()).isEqualTo(
            new Dimension.Numbered(2)
        );
        assertThat(world.joinGame(true, List.of("a:b")).spawn().dimension()).isEqualTo(new Dimension.Numbered(0));
    }

    @Test
    void registriesThatCameAsOneAreHeldAllTogether() {
        VoidWorld world = VoidWorld.of(version(764));
        Held held = Held.NOTHING.and(world.configuration(true, Held.NOTHING).getFirst());
        assertThat(held.dimensionTypes()).contains("minecraft:overworld", "minecraft:the_end");
        assertThat(world.configuration(true, held)).noneMatch(RegistryData.class::isInstance);
        assertThat(world.joinGame(true, held.dimensionTypes()).spawn().dimension()).isEqualTo(
            new Dimension.Named("minecraft:overworld")
        );
        assertThat(world.joinGame(true, List.of("a:b")).spawn().dimension()).isEqualTo(new Dimension.Named("a:b"));
    }

    @ParameterizedTest
    @CsvSource({ "4", "578" })
    void aClientThatKeepsItsWorldGoesToAnotherOneInBetween(int protocol) {
        JoinGame join = VoidWorld.of(version(protocol)).joinGame(true, List.of());
        List<Packet> packets = join.afterAnother(protocol);
        assertThat(packets).hasSize(2);
        assertThat(((JoinGame) packets.getFirst()).spawn().dimension()).isEqualTo(new Dimension.Numbered(-1));
        assertThat(((Respawn) packets.getLast()).spawn()).isEqualTo(join.spawn());
    }

    @Test
    void laterClientsGetTheWorldAndARespawn() {
        JoinGame join = VoidWorld.of(version(763)).joinGame(true, List.of());
        assertThat(join.afterAnother(763)).containsExactly(join, new Respawn(join.spawn(), 0));
    }

    @Test
    void theLoadingScreenEndsAfterThePosition() {
        List<Packet> packets = VoidWorld.of(version(773)).arrival(ID, "A", PROPERTIES);
        assertThat(packets.getLast()).isEqualTo(new GameEvent(GameEvent.CHUNKS_FOLLOW, 0));
        assertThat(packets.get(packets.size() - 2)).isInstanceOf(PlayerPosition.class);
        assertThat(VoidWorld.of(version(764)).arrival()).noneMatch(GameEvent.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whetherThePlayerIsAuthenticatedIsSaid(ProtocolVersion version) {
        assertThat(VoidWorld.of(version).joinGame(true, List.of()).onlineMode()).isTrue();
        assertThat(VoidWorld.of(version).joinGame(false, List.of()).onlineMode()).isFalse();
    }

    @Test
    void aVersionHasOneWorld() {
        assertThat(VoidWorld.of(version(777))).isSameAs(VoidWorld.of(version(777)));
    }

    static List<ProtocolVersion> versions() {
        return ProtocolVersions.builtIn().all();
    }

    static List<ProtocolVersion> configured() {
        return versions()
            .stream()
            .filter(version -> version.number() >= 764)
            .toList();
    }

    /** Whatever a client of the version may be sent, on whatever way it comes. */
    private static Stream<Sent> allPackets(ProtocolVersion version) {
        VoidWorld world = VoidWorld.of(version);
        List<Packet> configuration = new ArrayList<>();
        if (version.number() >= 764) {
            configuration.addAll(world.configuration(true, Held.NOTHING));
            configuration.addAll(world.configuration(false, Held.NOTHING));
        }
        if (version.number() >= 766) {
            configuration.add(world.offer());
        }
        List<Packet> play = new ArrayList<>(List.of(world.joinGame(true, List.of())));
        play.addAll(world.joinGame(false, List.of()).afterAnother(version.number()));
        play.addAll(world.arrival(ID, "Player", PROPERTIES));
        return Stream.concat(
            configuration.stream().map(packet -> new Sent(State.CONFIGURATION, packet)),
            play.stream().map(packet -> new Sent(State.PLAY, packet))
        );
    }

    private static Example example(ProtocolVersion version, Sent sent) {
        return new Example(
            version.number(),
            sent.state.name().toLowerCase(Locale.ROOT),
            "clientbound",
            "VoidWorld",
            ByteBufUtil.hexDump(encode(version, sent)),
            Map.of()
        );
    }

    private static ByteBuf encode(ProtocolVersion version, Sent sent) {
        ByteBuf out = Unpooled.buffer();
        PacketCodec.encode(version, sent.state, Direction.CLIENTBOUND, sent.packet, out);
        return out;
    }

    private static void add(List<String> list, boolean condition, String... elements) {
        if (condition) {
            list.addAll(Arrays.asList(elements));
        }
    }

    /** Registries with an entry at least, without their namespace. */
    private static List<String> registries(VoidWorld world, int protocol, boolean corePackKnown) {
        List<RegistryData> packets = registryData(world.configuration(corePackKnown, Held.NOTHING));
        Stream<String> names =
            protocol <= 765
                ? Stream.of("dimension_type", "worldgen/biome", "damage_type", "chat_type").filter(
                      name -> !Codec.names(packets.getFirst().codec(), "minecraft:" + name).isEmpty()
                  )
                : packets
                      .stream()
                      .filter(data -> !data.entries().isEmpty())
                      .map(RegistryData::registry);
        return names.map(name -> name.replace("minecraft:", "")).collect(Collectors.toList());
    }

    private static List<RegistryData.Entry> entries(List<Packet> packets) {
        return registryData(packets)
            .stream()
            .flatMap(data -> data.entries().stream())
            .toList();
    }

    private static List<RegistryData> registryData(List<Packet> packets) {
        return packets.stream().filter(RegistryData.class::isInstance).map(RegistryData.class::cast).toList();
    }

    private static List<Integer> tagged(List<Packet> packets, String registry) {
        return packets
            .stream()
            .filter(UpdateTags.class::isInstance)
            .flatMap(packet -> ((UpdateTags) packet).registries().stream())
            .filter(tags -> tags.name().equals(registry))
            .flatMap(tags -> tags.tags().stream())
            .flatMap(tag -> tag.entries().stream())
            .toList();
    }

    /** Where the world that the packet names ends, in blocks; it must be one that the client was told of. */
    private static int top(VoidWorld world, int protocol, JoinGame join) {
        return switch (join.spawn().dimension()) {
            case Dimension.Described described -> top(compound(described.nbt(), true));
            case Dimension.Named named when protocol <= 736 -> {
                assertThat(
                    compound(join.registries(), true)
                        .getList("dimension")
                        .stream()
                        .map(entry -> ((CompoundBinaryTag) entry).getString("name"))
                ).contains(named.name());
                yield 256;
            }
            case Dimension.Named named -> {
                Bytes codec =
                    protocol <= 763
                        ? join.registries()
                        : registryData(world.configuration(true, Held.NOTHING)).getFirst().codec();
                yield compound(codec, protocol <= 763)
                    .getCompound("minecraft:dimension_type")
                    .getList("value")
                    .stream()
                    .map(CompoundBinaryTag.class::cast)
                    .filter(entry -> entry.getString("name").equals(named.name()))
                    .map(entry -> top(entry.getCompound("element")))
                    .findFirst()
                    .orElseThrow();
            }
            case Dimension.Numbered numbered when protocol < 766 -> {
                assertThat(numbered.number()).isZero();
                yield 256;
            }
            case Dimension.Numbered numbered -> {
                RegistryData types = registryData(world.configuration(false, Held.NOTHING))
                    .stream()
                    .filter(data -> data.registry().equals("minecraft:dimension_type"))
                    .findFirst()
                    .orElseThrow();
                RegistryData.Entry type = types.entries().get(numbered.number());
                assertThat(type.id()).isEqualTo("minecraft:overworld");
                yield top(compound(type.content().orElseThrow(), false));
            }
        };
    }

    private static int top(CompoundBinaryTag dimension) {
        // Heights are the client's own business until 1.16.5.
        return dimension.keySet().contains("height") ? dimension.getInt("min_y") + dimension.getInt("height") : 256;
    }

    private static CompoundBinaryTag compound(Bytes nbt, boolean named) {
        InputStream in = new ByteArrayInputStream(nbt.toArray());
        try {
            return named
                ? BinaryTagIO.unlimitedReader().readNamed(in).getValue()
                : BinaryTagIO.unlimitedReader().readNameless(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProtocolVersion version(int number) {
        return Objects.requireNonNull(ProtocolVersions.builtIn().find(number));
    }
}
