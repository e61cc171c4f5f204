package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.PROFILE_PROPERTIES;
import static io.nightporter.protocol.packet.WireTypes.SHORT;
import static io.nightporter.protocol.packet.WireTypes.TEXT;
import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.rest;
import static io.nightporter.protocol.packet.WireTypes.string;
import static io.nightporter.protocol.packet.WireTypes.variant;

import io.nightporter.protocol.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Players join the list that the tab key shows, leave it, or change there; until 1.19.2. A packet by which nobody joins
 * or leaves is not taken apart.
 */
public record PlayerInfoLegacy(Change change) implements Packet {
    private static final WireType<Named> NAMED = WireTypes.struct(f ->
        new Named(f.field(Named::name, string(32_767)), f.field(Named::online, BOOL), f.field(Named::ping, SHORT))
    );

    private static final WireType<Change> NAMED_CHANGE = NAMED.as(named -> named, PlayerInfoLegacy::named);

    private static final WireType<Player> PLAYER = WireTypes.struct(f ->
        new Player(
            f.field(Player::id, UUID_BINARY),
            f.field(Player::name, string(16)),
            f.field(Player::properties, PROFILE_PROPERTIES),
            f.field(Player::gameMode, VARINT),
            f.field(Player::ping, VARINT),
            f.field(Player::displayName, TEXT.optional()),
            f.field(Player::key, LoginStart.KEY.optional().since(759, Optional.empty()))
        )
    );

    private static final WireType<Bytes> ENTRIES = rest(1 << 21);

    private static final WireType<Change> CHANGE = WireTypes.choice(
        List.of(
            variant(Add.class, PLAYER.list(PlayerInfoUpdate.MAX_PLAYERS).as(Add::new, Add::players)),
            variant(GameModes.class, ENTRIES.as(GameModes::new, GameModes::entries)),
            variant(Pings.class, ENTRIES.as(Pings::new, Pings::entries)),
            variant(DisplayNames.class, ENTRIES.as(DisplayNames::new, DisplayNames::entries)),
            variant(Remove.class, UUID_BINARY.list(PlayerInfoUpdate.MAX_PLAYERS).as(Remove::new, Remove::players))
        )
    );

    public static final PacketType<PlayerInfoLegacy> TYPE = PacketType.clientbound(
        "PlayerInfoLegacy",
        PlayerInfoLegacy.class,
        f -> new PlayerInfoLegacy(f.field(PlayerInfoLegacy::change, NAMED_CHANGE.until(5, CHANGE)))
    );

    @Override
    public PacketType<PlayerInfoLegacy> type() {
        return TYPE;
    }

    private static Named named(Change change) {
        if (change instanceof Named named) {
            return named;
        }
        throw new IllegalArgumentException("1.7 knows players by their names, not " + change);
    }

    public sealed interface Change {}

    /**
     * The only form in 1.7, and only there.
     *
     * @param online whether the player is on the list from now on
     * @param ping in milliseconds
     */
    public record Named(String name, boolean online, int ping) implements Change {}

    public record Add(List<Player> players) implements Change {}

    /**
     * @param entries as on the wire, their count included
     */
    public record GameModes(Bytes entries) implements Change {}

    /**
     * @param entries as on the wire, their count included
     */
    public record Pings(Bytes entries) implements Change {}

    /**
     * @param entries as on the wire, their count included
     */
    public record DisplayNames(Bytes entries) implements Change {}

    public record Remove(List<UUID> players) implements Change {}

    /**
     * @param ping in milliseconds
     * @param key what the player's chat is signed with; since 1.19
     */
    public record Player(
        UUID id,
        String name,
        List<ProfileProperty> properties,
        int gameMode,
        int ping,
        Optional<Text> displayName,
        Optional<LoginStart.ProfileKey> key
    ) {}
}
