package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.POSITION;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;
import static io.nightporter.protocol.packet.WireTypes.VARINT;

import java.util.Optional;

/**
 * The world that a player enters, as {@link JoinGame} and {@link Respawn} tell it.
 *
 * @param dimension what kind of world it is
 * @param world its name; since 1.16
 * @param hashedSeed since 1.15
 * @param gameMode 0 survival, 1 creative, 2 adventure, 3 spectator
 * @param previousGameMode {@link #NO_GAME_MODE} for none; since 1.16
 * @param difficulty 0 … 3; until 1.13.2
 * @param levelType such as {@code default} or {@code flat}; until 1.15.2
 * @param debug since 1.16
 * @param flat since 1.16
 * @param death where the player last died; since 1.19
 * @param portalCooldown in ticks; since 1.20
 * @param seaLevel since 1.21.2
 */
public record SpawnInfo(
    Dimension dimension,
    String world,
    long hashedSeed,
    int gameMode,
    int previousGameMode,
    int difficulty,
    String levelType,
    boolean debug,
    boolean flat,
    Optional<Death> death,
    int portalCooldown,
    int seaLevel
) {
    public static final int NO_GAME_MODE = -1;

    static final WireType<Integer> GAME_MODE = UBYTE.until(776, VARINT);

    /** From 26.3 on 0 for none, and one more than the mode otherwise. */
    static final WireType<Integer> PREVIOUS_GAME_MODE = BYTE.until(776, VARINT.as(mode -> mode - 1, mode -> mode + 1));

    private static final WireType<Death> DEATH = WireTypes.struct(f ->
        new Death(f.field(Death::world, IDENTIFIER), f.field(Death::position, POSITION))
    );

    static final WireType<Optional<Death>> OPTIONAL_DEATH = DEATH.optional().since(759, Optional.empty());
    static final WireType<Integer> PORTAL_COOLDOWN = VARINT.since(763, 0);

    /** From 1.20.2 on both packets have these fields in one piece. */
    static final WireType<SpawnInfo> SINCE_1_20_2 = WireTypes.struct(f ->
        new SpawnInfo(
            f.field(SpawnInfo::dimension, Dimension.WIRE_TYPE),
            f.field(SpawnInfo::world, IDENTIFIER),
            f.field(SpawnInfo::hashedSeed, LONG),
            f.field(SpawnInfo::gameMode, GAME_MODE),
            f.field(SpawnInfo::previousGameMode, PREVIOUS_GAME_MODE),
            0,
            "",
            f.field(SpawnInfo::debug, BOOL),
            f.field(SpawnInfo::flat, BOOL),
            f.field(SpawnInfo::death, OPTIONAL_DEATH),
            f.field(SpawnInfo::portalCooldown, PORTAL_COOLDOWN),
            f.field(SpawnInfo::seaLevel, VARINT.since(768, 0))
        )
    );

    /** The same, but in this dimension. */
    SpawnInfo in(Dimension other) {
        return new SpawnInfo(
            other,
            world,
            hashedSeed,
            gameMode,
            previousGameMode,
            difficulty,
            levelType,
            debug,
            flat,
            death,
            portalCooldown,
            seaLevel
        );
    }

    /** What versions before 1.16 know of a world. */
    static SpawnInfo before1_16(Dimension dimension, long hashedSeed, int gameMode, int difficulty, String levelType) {
        return new SpawnInfo(
            dimension,
            "",
            hashedSeed,
            gameMode,
            NO_GAME_MODE,
            difficulty,
            levelType,
            false,
            false,
            Optional.empty(),
            0,
            0
        );
    }

    /** The place of a death. */
    public record Death(String world, BlockPosition position) {}
}
