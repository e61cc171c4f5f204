package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.PROFILE_PROPERTIES;
import static io.nightporter.protocol.packet.WireTypes.TEXT;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;
import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.bytes;
import static io.nightporter.protocol.packet.WireTypes.rest;
import static io.nightporter.protocol.packet.WireTypes.string;

import io.nightporter.protocol.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Players join the list that the tab key shows, or change there; since 1.19.3. A packet by which nobody joins is not
 * taken apart.
 *
 * @param actions bits of what each entry says, such as {@link #ADD}
 * @param added with {@link #ADD}: everybody whom the packet names; empty otherwise
 * @param changes without {@link #ADD}: the entries as on the wire, their count included; empty otherwise
 */
public record PlayerInfoUpdate(int actions, List<Player> added, Bytes changes) implements Packet {
    public static final int ADD = 1;
    public static final int CHAT_SESSION = 2;
    public static final int GAME_MODE = 4;
    public static final int LISTED = 8;
    public static final int PING = 16;
    public static final int DISPLAY_NAME = 32;

    /** Since 1.21.2. */
    public static final int LIST_ORDER = 64;

    /** Since 1.21.4. */
    public static final int HAT = 128;

    static final int MAX_PLAYERS = 1 << 16;

    private static final WireType<ChatSession> SESSION = WireTypes.struct(f ->
        new ChatSession(
            f.field(ChatSession::id, UUID_BINARY),
            f.field(ChatSession::expiry, LONG),
            f.field(ChatSession::publicKey, bytes(512)),
            f.field(ChatSession::signature, bytes(4_096))
        )
    );

    public static final PacketType<PlayerInfoUpdate> TYPE = PacketType.clientbound(
        "PlayerInfoUpdate",
        PlayerInfoUpdate.class,
        PlayerInfoUpdate::layout
    );

    /** Whoever is on the list, and what the client must know to show a skin: for the player itself, for instance. */
    public static PlayerInfoUpdate add(UUID id, String name, List<ProfileProperty> properties, int gameMode) {
        Player player = new Player(
            id,
            name,
            properties,
            Optional.empty(),
            gameMode,
            true,
            0,
            Optional.empty(),
            0,
            false
        );
        return new PlayerInfoUpdate(ADD | GAME_MODE | LISTED, List.of(player), Bytes.EMPTY);
    }

    @Override
    public PacketType<PlayerInfoUpdate> type() {
        return TYPE;
    }

    private static PlayerInfoUpdate layout(Fields<PlayerInfoUpdate> f) {
        int actions = f.field(PlayerInfoUpdate::actions, UBYTE);
        return (actions & ADD) != 0
            ? new PlayerInfoUpdate(actions, f.field(PlayerInfoUpdate::added, players(actions)), Bytes.EMPTY)
            : new PlayerInfoUpdate(actions, List.of(), f.field(PlayerInfoUpdate::changes, rest(1 << 21)));
    }

    /** Entries with just what the actions say. */
    static WireType<List<Player>> players(int actions) {
        return WireTypes.<Player>struct(f ->
            new Player(
                f.field(Player::id, UUID_BINARY),
                f.field(Player::name, part(actions, ADD, string(16), "")),
                f.field(Player::properties, part(actions, ADD, PROFILE_PROPERTIES, List.of())),
                f.field(
                    Player::chatSession,
                    part(actions, CHAT_SESSION, SESSION.optional(), Optional.<ChatSession>empty())
                ),
                f.field(Player::gameMode, part(actions, GAME_MODE, VARINT, 0)),
                f.field(Player::listed, part(actions, LISTED, BOOL, false)),
                f.field(Player::ping, part(actions, PING, VARINT, 0)),
                f.field(Player::displayName, part(actions, DISPLAY_NAME, TEXT.optional(), Optional.<Text>empty())),
                f.field(Player::listOrder, part(actions, LIST_ORDER, VARINT, 0)),
                f.field(Player::hat, part(actions, HAT, BOOL, false))
            )
        ).list(MAX_PLAYERS);
    }

    private static <T> WireType<T> part(int actions, int action, WireType<T> type, T absent) {
        return (actions & action) != 0 ? type : WireTypes.empty(absent);
    }

    /**
     * Who joins the list. What the actions don't name is 0, false or empty.
     *
     * @param listed whether the player is shown
     * @param ping in milliseconds
     * @param listOrder higher ones stand first
     */
    public record Player(
        UUID id,
        String name,
        List<ProfileProperty> properties,
        Optional<ChatSession> chatSession,
        int gameMode,
        boolean listed,
        int ping,
        Optional<Text> displayName,
        int listOrder,
        boolean hat
    ) {}

    /**
     * What a player's signed chat is checked with.
     *
     * @param expiry milliseconds since 1970
     * @param publicKey RSA, X.509 SubjectPublicKeyInfo in DER
     * @param signature Mojang's
     */
    public record ChatSession(UUID id, long expiry, Bytes publicKey, Bytes signature) {}
}
