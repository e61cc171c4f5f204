package io.nightporter.proxy.relay;

import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Why the relay looks into a packet; everything else passes unseen. {@link #of} turns this into a table from packet id
 * to interest, made once per version, state and direction.
 */
enum Interest {
    /** Answers go to the connection that asked, and to no other. */
    KEEP_ALIVE,
    /** Carries the server's brand, to which ours is added, or what the client says of itself. */
    PLUGIN_MESSAGE(32 << 10),
    /** The player is in the world; from 26.2 on it says whether this connection was authenticated, which only we know. */
    JOIN_GAME,
    /** The server ends the connection, with a reason for the player. */
    DISCONNECT,
    START_CONFIGURATION,
    FINISH_CONFIGURATION,
    CONFIGURATION_ACK,
    FINISH_CONFIGURATION_ACK,
    /** A chat session is signed for the player's real id, which a server without forwarding does not know. */
    CHAT_SESSION,
    /** 1.8 only: the server changes its compression while the game runs. */
    SET_COMPRESSION_PLAY,
    /** What the client keeps when it is taken to another server, or must not get twice. */
    REGISTRY_DATA,
    FEATURE_FLAGS,
    UPDATE_TAGS,
    BOSS_BAR,
    PLAYER_INFO,
    PLAYER_INFO_REMOVE,
    TAB_LIST_HEADER_FOOTER,
    OBJECTIVE,
    TEAM,
    RESOURCE_PACK_PUSH,
    RESOURCE_PACK_POP,
    RESOURCE_PACK_STATUS,
    /** A client in the middle of a bundle shows nothing until it ends. */
    BUNDLE_DELIMITER,
    /** The player has been put somewhere: the loading screen is over. */
    PLAYER_POSITION,
    /** The proxy's own commands are added. */
    DECLARE_COMMANDS,
    /** What every server is to be told of the client. */
    CLIENT_SETTINGS,
    KNOWN_PACKS,
    /** Belong to the world that the client is in, and are not for the server of the next one. */
    CHAT_MESSAGE,
    CHAT_ACK,
    /** May be a command of the proxy. */
    CHAT_COMMAND,
    LEGACY_CHAT,
    TAB_COMPLETE,
    /** May answer a teleport of the proxy. */
    TELEPORT_CONFIRM;

    private final int longest;

    Interest() {
        this(Integer.MAX_VALUE);
    }

    Interest(int longest) {
        this.longest = longest;
    }

    /** Bytes beyond which such a packet cannot be what is looked for, so that it need not be inflated. */
    int longest() {
        return longest;
    }

    private static final int IDS = 256;

    private record Place(State state, Direction direction) {}

    /** By version object, not number: a reload may bring other ids for the same number. */
    private static final Map<ProtocolVersion, Map<Place, @Nullable Interest[]>> TABLES = Collections.synchronizedMap(
        new WeakHashMap<>()
    );

    private static final Map<String, Interest> CLIENTBOUND = Map.ofEntries(
        Map.entry("KeepAlive", KEEP_ALIVE),
        Map.entry("PluginMessage", PLUGIN_MESSAGE),
        Map.entry("JoinGame", JOIN_GAME),
        Map.entry("Disconnect", DISCONNECT),
        Map.entry("StartConfiguration", START_CONFIGURATION),
        Map.entry("FinishConfiguration", FINISH_CONFIGURATION),
        Map.entry("SetCompressionPlay", SET_COMPRESSION_PLAY),
        Map.entry("RegistryData", REGISTRY_DATA),
        Map.entry("FeatureFlags", FEATURE_FLAGS),
        Map.entry("UpdateTags", UPDATE_TAGS),
        Map.entry("BossBar", BOSS_BAR),
        Map.entry("PlayerInfoLegacy", PLAYER_INFO),
        Map.entry("PlayerInfoUpdate", PLAYER_INFO),
        Map.entry("PlayerInfoRemove", PLAYER_INFO_REMOVE),
        Map.entry("TabListHeaderFooter", TAB_LIST_HEADER_FOOTER),
        Map.entry("ScoreboardObjective", OBJECTIVE),
        Map.entry("Team", TEAM),
        Map.entry("ResourcePackPush", RESOURCE_PACK_PUSH),
        Map.entry("ResourcePackPop", RESOURCE_PACK_POP),
        Map.entry("BundleDelimiter", BUNDLE_DELIMITER),
        Map.entry("PlayerPosition", PLAYER_POSITION),
        Map.entry("DeclareCommands", DECLARE_COMMANDS)
    );

    private static final Map<String, Interest> SERVERBOUND = Map.ofEntries(
        Map.entry("KeepAlive", KEEP_ALIVE),
        Map.entry("ConfigurationAck", CONFIGURATION_ACK),
        Map.entry("FinishConfigurationAck", FINISH_CONFIGURATION_ACK),
        Map.entry("ChatSession", CHAT_SESSION),
        Map.entry("ClientSettings", CLIENT_SETTINGS),
        Map.entry("PluginMessage", PLUGIN_MESSAGE),
        Map.entry("KnownPacks", KNOWN_PACKS),
        Map.entry("ChatMessage", CHAT_MESSAGE),
        Map.entry("ChatAck", CHAT_ACK),
        Map.entry("ChatCommand", CHAT_COMMAND),
        Map.entry("ChatCommandSigned", CHAT_COMMAND),
        Map.entry("LegacyChat", LEGACY_CHAT),
        Map.entry("TabComplete", TAB_COMPLETE),
        Map.entry("ResourcePackStatus", RESOURCE_PACK_STATUS),
        Map.entry("TeleportConfirm", TELEPORT_CONFIRM)
    );

    /** By packet id; ids beyond the table interest nobody. */
    static @Nullable Interest[] of(ProtocolVersion version, State state, Direction direction) {
        return TABLES.computeIfAbsent(version, _ -> new ConcurrentHashMap<>()).computeIfAbsent(
            new Place(state, direction),
            _ -> table(version, state, direction)
        );
    }

    private static @Nullable Interest[] table(ProtocolVersion version, State state, Direction direction) {
        @Nullable
        Interest[] table = new Interest[IDS];
        Map<String, Interest> names = direction == Direction.CLIENTBOUND ? CLIENTBOUND : SERVERBOUND;
        names.forEach((name, interest) -> {
            int id = version.id(state, direction, name);
            if (id >= 0 && (interest != UPDATE_TAGS || state == State.CONFIGURATION)) {
                table[id] = interest;
            }
        });
        return table;
    }
}
