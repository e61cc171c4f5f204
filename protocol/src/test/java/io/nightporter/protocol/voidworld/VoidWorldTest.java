package io.nightporter.protocol.voidworld;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.GameEvent;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.ProfileProperty;
import io.nightporter.protocol.packet.RegistryData;
import io.nightporter.protocol.packet.Respawn;
import io.nightporter.protocol.packet.UpdateTags;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VoidWorldTest {

    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static final List<ProfileProperty> PROPERTIES = List.of(
        new ProfileProperty("textures", "value", Optional.of("signature"))
    );

    @ParameterizedTest
    @MethodSource("versions")
    void thePlayerIsAboveTheWorldThatItJoins(ProtocolVersion version) {
        int protocol = version.number();
        VoidWorld world = VoidWorld.of(version);
        assertThat(DimensionHeight.top(version, world.joinGame(true, List.of()))).isLessThan((int) VoidWorld.HEIGHT);
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

    static List<RegistryData> registryData(List<Packet> packets) {
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

    private static ProtocolVersion version(int number) {
        return Objects.requireNonNull(ProtocolVersions.builtIn().find(number));
    }
}
