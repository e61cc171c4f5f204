package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;
import static io.nightporter.protocol.packet.WireTypes.string;

/**
 * The player enters another world, or the same one anew.
 *
 * @param kept bits of what the client keeps of its player: 1 attributes, 2 what the entity is doing; since 1.16. Before
 *     1.19.3 only 0, nothing, and 1, everything
 */
public record Respawn(SpawnInfo spawn, int kept) implements Packet {
    public static final PacketType<Respawn> TYPE = PacketType.clientbound("Respawn", Respawn.class, Respawn::layout);

    /** Into the world that the player joins, keeping nothing. */
    public static Respawn of(JoinGame join) {
        return new Respawn(join.spawn(), 0);
    }

    @Override
    public PacketType<Respawn> type() {
        return TYPE;
    }

    private static Respawn layout(Fields<Respawn> f) {
        if (f.since(764)) {
            return new Respawn(f.field(Respawn::spawn, SpawnInfo.SINCE_1_20_2), f.field(Respawn::kept, UBYTE));
        }
        return f.since(735) ? since1_16(f) : before1_16(f);
    }

    private static Respawn before1_16(Fields<Respawn> f) {
        Dimension dimension = f.field(r -> r.spawn.dimension(), Dimension.WIRE_TYPE);
        long hashedSeed = f.field(r -> r.spawn.hashedSeed(), LONG.since(573, 0L));
        int difficulty = f.field(r -> r.spawn.difficulty(), UBYTE.upTo(404, 0));
        int gameMode = f.field(r -> r.spawn.gameMode(), UBYTE);
        String levelType = f.field(r -> r.spawn.levelType(), string(16));
        return new Respawn(SpawnInfo.before1_16(dimension, hashedSeed, gameMode, difficulty, levelType), 0);
    }

    private static Respawn since1_16(Fields<Respawn> f) {
        Dimension dimension = f.field(r -> r.spawn.dimension(), Dimension.WIRE_TYPE);
        String world = f.field(r -> r.spawn.world(), IDENTIFIER);
        long hashedSeed = f.field(r -> r.spawn.hashedSeed(), LONG);
        int gameMode = f.field(r -> r.spawn.gameMode(), SpawnInfo.GAME_MODE);
        int previousGameMode = f.field(r -> r.spawn.previousGameMode(), SpawnInfo.PREVIOUS_GAME_MODE);
        boolean debug = f.field(r -> r.spawn.debug(), BOOL);
        boolean flat = f.field(r -> r.spawn.flat(), BOOL);
        int kept = f.field(Respawn::kept, UBYTE);
        SpawnInfo spawn = new SpawnInfo(
            dimension,
            world,
            hashedSeed,
            gameMode,
            previousGameMode,
            0,
            "",
            debug,
            flat,
            f.field(r -> r.spawn.death(), SpawnInfo.OPTIONAL_DEATH),
            f.field(r -> r.spawn.portalCooldown(), SpawnInfo.PORTAL_COOLDOWN),
            0
        );
        return new Respawn(spawn, kept);
    }
}
