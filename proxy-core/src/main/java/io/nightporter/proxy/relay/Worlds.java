package io.nightporter.proxy.relay;

import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.Respawn;
import io.nightporter.protocol.packet.SpawnInfo;
import java.util.List;

/** How a client gets from a world that it did not leave into another one. */
public final class Worlds {

    /** Before 1.16 a client that respawns in the dimension in which it is keeps its world. */
    private static final int KEEPS_SAME_DIMENSION_BEFORE = 735;
    private static final int NETHER = -1;

    private Worlds() {}

    /**
     * The same game for a client that is in a world already: it joins, which gives it its new number, and respawns,
     * which gives it a new body.
     */
    public static List<Packet> entered(JoinGame game, int protocol) {
        Respawn respawn = new Respawn(game.spawn(), 0);
        if (protocol >= KEEPS_SAME_DIMENSION_BEFORE) {
            return List.of(game, respawn);
        }
        Dimension other = new Dimension.Numbered(
            game.spawn().dimension().equals(new Dimension.Numbered(0)) ? NETHER : 0
        );
        return List.of(game.withSpawn(in(other, game.spawn())), respawn);
    }

    private static SpawnInfo in(Dimension dimension, SpawnInfo spawn) {
        return new SpawnInfo(
            dimension,
            spawn.world(),
            spawn.hashedSeed(),
            spawn.gameMode(),
            spawn.previousGameMode(),
            spawn.difficulty(),
            spawn.levelType(),
            spawn.debug(),
            spawn.flat(),
            spawn.death(),
            spawn.portalCooldown(),
            spawn.seaLevel()
        );
    }
}
