package io.nightporter.protocol.voidworld;

import io.nightporter.protocol.packet.BlockPosition;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ClientboundPlayerAbilities;
import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.FeatureFlags;
import io.nightporter.protocol.packet.GameEvent;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PlayerInfoLegacy;
import io.nightporter.protocol.packet.PlayerInfoUpdate;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.ProfileProperty;
import io.nightporter.protocol.packet.RegistryData;
import io.nightporter.protocol.packet.SetChunkCacheCenter;
import io.nightporter.protocol.packet.SpawnInfo;
import io.nightporter.protocol.packet.SpawnPosition;
import io.nightporter.protocol.packet.UpdateTags;
import io.nightporter.protocol.version.ProtocolVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * A world without anything in it, as the clients of one version have to be told of it. The player floats high above
 * where blocks could be, since clients wait for the chunk around them otherwise, and there are none.
 *
 * <p>All packets but those of {@link #introduction} are the same for all players of a version, so their bytes can be
 * kept. Keep-alives, commands and the brand are left to whoever sends all this.
 */
public final class VoidWorld {

    /** Above the highest block of every dimension type of the game, in blocks. */
    static final double HEIGHT = 400;

    /** In 1.7 a position is that of the eyes, so many blocks above the feet. */
    private static final double EYES = 1.62;

    private static final int ENTITY = 1;
    private static final int TELEPORT = 1;
    private static final int CREATIVE = 1;
    private static final int SPECTATOR = 3;

    /** In chunks, the least that clients take. */
    private static final int DISTANCE = 2;

    private static final String OVERWORLD = "minecraft:overworld";
    private static final String CORE_NAMESPACE = "minecraft";
    private static final String CORE_ID = "core";

    private static final Map<ProtocolVersion, VoidWorld> WORLDS = Collections.synchronizedMap(new WeakHashMap<>());

    private final int protocol;
    private final List<String> releases;

    /** Until 1.20.4. */
    private final Bytes codec;

    /** Since 1.20.5, with the registries' entries by name only. */
    private final GameData.Configuration names;

    private VoidWorld(ProtocolVersion version) {
        // The version itself must not be kept: it is what the cache holds weakly.
        this.protocol = version.number();
        this.releases = version.releases();
        this.codec =
            protocol >= GameData.CODEC_SINCE && protocol < GameData.CONFIGURATION_SINCE
                ? GameData.codec(protocol)
                : Bytes.EMPTY;
        this.names =
            protocol >= GameData.CONFIGURATION_SINCE
                ? GameData.configuration(protocol).namesOnly()
                : GameData.Configuration.EMPTY;
    }

    /** The world for this version. Its data is read the first time, which takes some milliseconds. */
    public static VoidWorld of(ProtocolVersion version) {
        return WORLDS.computeIfAbsent(version, VoidWorld::new);
    }

    /**
     * The game's own data pack, under the name of each release with this protocol; since 1.20.5. A client that has one
     * of them needs no content of registries.
     */
    public KnownPacks offer() {
        return new KnownPacks(
            releases
                .stream()
                .map(release -> new KnownPacks.Pack(CORE_NAMESPACE, CORE_ID, release))
                .toList()
        );
    }

    /** Whether the client has the game's own data pack, by its answer to {@link #offer}. */
    public boolean accepted(KnownPacks answer) {
        return !Collections.disjoint(offer().packs(), answer.packs());
    }

    /**
     * What to tell the client in its configuration; since 1.20.2. The end of the configuration is left to the caller.
     *
     * @param corePackKnown whether the client {@link #accepted} the offer; without effect until 1.20.4
     * @param held what must not be said again
     */
    public List<Packet> configuration(boolean corePackKnown, Held held) {
        List<Packet> packets = new ArrayList<>();
        if (protocol >= GameData.CONFIGURATION_SINCE) {
            (corePackKnown ? names : GameData.configuration(protocol).contentOnly())
                .registries()
                .stream()
                .filter(registry -> !held.registries().contains(registry.registry()))
                .forEach(packets::add);
        } else if (held.registries().isEmpty()) {
            packets.add(RegistryData.of(codec));
        }
        if (!held.features()) {
            packets.add(new FeatureFlags(List.of("minecraft:vanilla")));
        }
        if (protocol >= GameData.CONFIGURATION_SINCE && !held.tags()) {
            packets.add(tagsBeside(held));
        }
        return List.copyOf(packets);
    }

    /** The names of dimension types in the order in which a fresh configuration tells them; since 1.20.5. */
    public List<String> dimensionTypes() {
        return names
            .registries()
            .stream()
            .filter(registry -> registry.registry().equals(Held.DIMENSION_TYPE))
            .flatMap(registry -> registry.entries().stream())
            .map(RegistryData.Entry::id)
            .toList();
    }

    /**
     * The first packet of the play state. Whoever is in a world already needs {@link JoinGame#afterAnother} of it.
     *
     * @param authenticated whether the proxy knows that the player is who it says
     * @param dimensionTypesHeld those of {@link Held}; empty after a fresh configuration, and where there is none
     */
    public JoinGame joinGame(boolean authenticated, List<String> dimensionTypesHeld) {
        SpawnInfo spawn = new SpawnInfo(
            dimension(dimensionTypesHeld),
            OVERWORLD,
            0,
            gameMode(),
            SpawnInfo.NO_GAME_MODE,
            0,
            "flat",
            false,
            true,
            Optional.empty(),
            0,
            0
        );
        return new JoinGame(
            ENTITY,
            false,
            spawn,
            List.of(OVERWORLD),
            protocol < 764 ? codec : Bytes.EMPTY,
            1,
            DISTANCE,
            DISTANCE,
            false,
            true,
            false,
            authenticated,
            true
        );
    }

    /** What follows the first packet, for this player. */
    public List<Packet> arrival(UUID id, String name, List<ProfileProperty> properties) {
        return Stream.concat(introduction(id, name, properties).stream(), arrival().stream()).toList();
    }

    /**
     * Puts the player on its own list of players: without, clients don't know that they are spectators, and 1.16.4
     * crashes. Nothing in 1.7.
     */
    public List<Packet> introduction(UUID id, String name, List<ProfileProperty> properties) {
        if (protocol < 47) {
            return List.of();
        }
        if (protocol >= 761) {
            return List.of(PlayerInfoUpdate.add(id, name, properties, gameMode()));
        }
        PlayerInfoLegacy.Player player = new PlayerInfoLegacy.Player(
            id,
            name,
            properties,
            gameMode(),
            0,
            Optional.empty(),
            Optional.empty()
        );
        return List.of(new PlayerInfoLegacy(new PlayerInfoLegacy.Add(List.of(player))));
    }

    /** What follows the introduction, the same for all players. */
    public List<Packet> arrival() {
        List<Packet> packets = new ArrayList<>();
        int flags =
            ClientboundPlayerAbilities.INVULNERABLE |
            ClientboundPlayerAbilities.FLYING |
            ClientboundPlayerAbilities.MAY_FLY;
        packets.add(new ClientboundPlayerAbilities(flags, 0F, 0.1F));
        packets.add(new SpawnPosition(OVERWORLD, new BlockPosition(0, 64, 0), 0F, 0F));
        if (protocol >= 477) {
            packets.add(new SetChunkCacheCenter(0, 0));
        }
        packets.add(PlayerPosition.at(0.5, protocol <= 5 ? HEIGHT + EYES : HEIGHT, 0.5, 0F, 0F, TELEPORT));
        if (protocol >= 765) {
            packets.add(new GameEvent(GameEvent.CHUNKS_FOLLOW, 0F));
        }
        return List.copyOf(packets);
    }

    /** 1.7 has no spectators. */
    private int gameMode() {
        return protocol < 47 ? CREATIVE : SPECTATOR;
    }

    private Dimension dimension(List<String> held) {
        if (protocol < GameData.CODEC_SINCE) {
            return new Dimension.Numbered(0);
        }
        if (protocol >= 751 && protocol <= 758) {
            return new Dimension.Described(GameData.dimension(protocol));
        }
        if (protocol < GameData.CONFIGURATION_SINCE) {
            boolean hasOverworld = held.isEmpty() || held.contains(OVERWORLD);
            return new Dimension.Named(hasOverworld ? OVERWORLD : held.getFirst());
        }
        List<String> types = held.isEmpty() ? dimensionTypes() : held;
        return new Dimension.Numbered(Math.max(0, types.indexOf(OVERWORLD)));
    }

    /** Our tags name entries by their places, which are the server's where the registry is. */
    private UpdateTags tagsBeside(Held held) {
        return new UpdateTags(
            names
                .tags()
                .registries()
                .stream()
                .map(registry -> held.registries().contains(registry.name()) ? withoutEntries(registry) : registry)
                .toList()
        );
    }

    private static UpdateTags.Registry withoutEntries(UpdateTags.Registry registry) {
        return new UpdateTags.Registry(
            registry.name(),
            registry
                .tags()
                .stream()
                .map(tag -> new UpdateTags.Tag(tag.name(), List.of()))
                .toList()
        );
    }
}
