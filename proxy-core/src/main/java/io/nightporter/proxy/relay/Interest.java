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
    /** Carries the server's brand, to which ours is added. */
    PLUGIN_MESSAGE(1024),
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
    SET_COMPRESSION_PLAY;

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

    private static final Map<String, Interest> CLIENTBOUND = Map.of(
        "KeepAlive",
        KEEP_ALIVE,
        "PluginMessage",
        PLUGIN_MESSAGE,
        "JoinGame",
        JOIN_GAME,
        "Disconnect",
        DISCONNECT,
        "StartConfiguration",
        START_CONFIGURATION,
        "FinishConfiguration",
        FINISH_CONFIGURATION,
        "SetCompressionPlay",
        SET_COMPRESSION_PLAY
    );

    private static final Map<String, Interest> SERVERBOUND = Map.of(
        "KeepAlive",
        KEEP_ALIVE,
        "ConfigurationAck",
        CONFIGURATION_ACK,
        "FinishConfigurationAck",
        FINISH_CONFIGURATION_ACK,
        "ChatSession",
        CHAT_SESSION
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
            if (id >= 0) {
                table[id] = interest;
            }
        });
        return table;
    }
}
