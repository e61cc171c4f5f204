package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.INT;
import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.NBT;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.List;

/**
 * The first packet of the play state: who and where the player is.
 *
 * @param spawn the world that the player enters
 * @param worlds the names of all worlds; since 1.16
 * @param registries NBT of the dimension types, biomes and so on; from 1.16 to 1.20.1, {@link Bytes#EMPTY} otherwise
 * @param maxPlayers not shown by clients since 1.8; one byte until 1.16.1
 * @param viewDistance in chunks; since 1.14
 * @param simulationDistance in chunks; since 1.18
 * @param reducedDebugInfo since 1.8
 * @param respawnScreen whether the player is asked after a death; since 1.15
 * @param limitedCrafting since 1.20.2
 * @param onlineMode whether the connection was authenticated; since 26.2
 * @param enforcesSecureChat since 1.20.5
 */
public record JoinGame(
    int entityId,
    boolean hardcore,
    SpawnInfo spawn,
    List<String> worlds,
    Bytes registries,
    int maxPlayers,
    int viewDistance,
    int simulationDistance,
    boolean reducedDebugInfo,
    boolean respawnScreen,
    boolean limitedCrafting,
    boolean onlineMode,
    boolean enforcesSecureChat
) implements Packet {
    /** Until 1.16.1 a bit of the game mode says whether the world is a hardcore one. */
    private static final int HARDCORE_BIT = 8;
    /** Since 1.16 several worlds may have the same dimension, so they have names. */
    private static final int FIRST_WITH_NAMED_WORLDS = 735;
    private static final int OVERWORLD = 0;
    private static final int NETHER = -1;

    private static final WireType<List<String>> WORLDS = IDENTIFIER.list(4_096);
    private static final WireType<Integer> MAX_PLAYERS = UBYTE.until(736, VARINT);
    private static final WireType<Integer> SIMULATION_DISTANCE = VARINT.since(757, 0);

    public static final PacketType<JoinGame> TYPE = PacketType.clientbound(
        "JoinGame",
        JoinGame.class,
        JoinGame::layout
    );

    @Override
    public PacketType<JoinGame> type() {
        return TYPE;
    }

    /** The same game, with another word on whether this connection was authenticated. */
    public JoinGame withOnlineMode(boolean authenticated) {
        return with(spawn, authenticated);
    }

    /**
     * What to send in place of this packet to a client of this protocol that is in a world already and has not been
     * through a configuration since.
     *
     * <p>Joining again does not put everything in a client back, so a respawn follows. Before 1.16 a client keeps the
     * world when it respawns in the dimension where it is, so it joins in another one first.
     */
    public List<Packet> afterAnother(int protocol) {
        return List.of(protocol >= FIRST_WITH_NAMED_WORLDS ? this : inAnotherDimension(), Respawn.of(this));
    }

    private JoinGame inAnotherDimension() {
        int number = spawn.dimension() instanceof Dimension.Numbered numbered ? numbered.number() : 0;
        return with(spawn.in(new Dimension.Numbered(number == OVERWORLD ? NETHER : OVERWORLD)), onlineMode);
    }

    private JoinGame with(SpawnInfo otherSpawn, boolean authenticated) {
        return new JoinGame(
            entityId,
            hardcore,
            otherSpawn,
            worlds,
            registries,
            maxPlayers,
            viewDistance,
            simulationDistance,
            reducedDebugInfo,
            respawnScreen,
            limitedCrafting,
            authenticated,
            enforcesSecureChat
        );
    }

    private static JoinGame layout(Fields<JoinGame> f) {
        if (f.since(764)) {
            return since1_20_2(f);
        }
        return f.since(FIRST_WITH_NAMED_WORLDS) ? since1_16(f) : before1_16(f);
    }

    private static JoinGame before1_16(Fields<JoinGame> f) {
        int entityId = f.field(JoinGame::entityId, INT);
        int mode = f.field(JoinGame::modeWithHardcoreBit, UBYTE);
        Dimension dimension = f.field(j -> j.spawn.dimension(), Dimension.IN_JOIN_GAME);
        long hashedSeed = f.field(j -> j.spawn.hashedSeed(), LONG.since(573, 0L));
        int difficulty = f.field(j -> j.spawn.difficulty(), UBYTE.upTo(404, 0));
        int maxPlayers = f.field(JoinGame::maxPlayers, MAX_PLAYERS);
        String levelType = f.field(j -> j.spawn.levelType(), string(16));
        int viewDistance = f.field(JoinGame::viewDistance, VARINT.since(477, 0));
        boolean reducedDebugInfo = f.field(JoinGame::reducedDebugInfo, BOOL.since(47, false));
        boolean respawnScreen = f.field(JoinGame::respawnScreen, BOOL.since(573, true));
        return new JoinGame(
            entityId,
            (mode & HARDCORE_BIT) != 0,
            SpawnInfo.before1_16(dimension, hashedSeed, mode & ~HARDCORE_BIT, difficulty, levelType),
            List.of(),
            Bytes.EMPTY,
            maxPlayers,
            viewDistance,
            0,
            reducedDebugInfo,
            respawnScreen,
            false,
            false,
            false
        );
    }

    private static JoinGame since1_16(Fields<JoinGame> f) {
        int entityId = f.field(JoinGame::entityId, INT);
        boolean hardcoreField = f.field(JoinGame::hardcore, BOOL.since(751, false));
        int mode = f.since(751)
            ? f.field(j -> j.spawn.gameMode(), UBYTE)
            : f.field(JoinGame::modeWithHardcoreBit, UBYTE);
        int previousGameMode = f.field(j -> j.spawn.previousGameMode(), SpawnInfo.PREVIOUS_GAME_MODE);
        List<String> worlds = f.field(JoinGame::worlds, WORLDS);
        Bytes registries = f.field(JoinGame::registries, NBT);
        Dimension dimension = f.field(j -> j.spawn.dimension(), Dimension.IN_JOIN_GAME);
        String world = f.field(j -> j.spawn.world(), IDENTIFIER);
        long hashedSeed = f.field(j -> j.spawn.hashedSeed(), LONG);
        int maxPlayers = f.field(JoinGame::maxPlayers, MAX_PLAYERS);
        int viewDistance = f.field(JoinGame::viewDistance, VARINT);
        int simulationDistance = f.field(JoinGame::simulationDistance, SIMULATION_DISTANCE);
        boolean reducedDebugInfo = f.field(JoinGame::reducedDebugInfo, BOOL);
        boolean respawnScreen = f.field(JoinGame::respawnScreen, BOOL);
        SpawnInfo spawn = new SpawnInfo(
            dimension,
            world,
            hashedSeed,
            f.since(751) ? mode : mode & ~HARDCORE_BIT,
            previousGameMode,
            0,
            "",
            f.field(j -> j.spawn.debug(), BOOL),
            f.field(j -> j.spawn.flat(), BOOL),
            f.field(j -> j.spawn.death(), SpawnInfo.OPTIONAL_DEATH),
            f.field(j -> j.spawn.portalCooldown(), SpawnInfo.PORTAL_COOLDOWN),
            0
        );
        return new JoinGame(
            entityId,
            f.since(751) ? hardcoreField : (mode & HARDCORE_BIT) != 0,
            spawn,
            worlds,
            registries,
            maxPlayers,
            viewDistance,
            simulationDistance,
            reducedDebugInfo,
            respawnScreen,
            false,
            false,
            false
        );
    }

    private static JoinGame since1_20_2(Fields<JoinGame> f) {
        int entityId = f.field(JoinGame::entityId, INT);
        boolean hardcore = f.field(JoinGame::hardcore, BOOL);
        List<String> worlds = f.field(JoinGame::worlds, WORLDS);
        int maxPlayers = f.field(JoinGame::maxPlayers, MAX_PLAYERS);
        int viewDistance = f.field(JoinGame::viewDistance, VARINT);
        int simulationDistance = f.field(JoinGame::simulationDistance, SIMULATION_DISTANCE);
        boolean reducedDebugInfo = f.field(JoinGame::reducedDebugInfo, BOOL);
        boolean respawnScreen = f.field(JoinGame::respawnScreen, BOOL);
        boolean limitedCrafting = f.field(JoinGame::limitedCrafting, BOOL);
        return new JoinGame(
            entityId,
            hardcore,
            f.field(JoinGame::spawn, SpawnInfo.SINCE_1_20_2),
            worlds,
            Bytes.EMPTY,
            maxPlayers,
            viewDistance,
            simulationDistance,
            reducedDebugInfo,
            respawnScreen,
            limitedCrafting,
            f.field(JoinGame::onlineMode, BOOL.since(776, false)),
            f.field(JoinGame::enforcesSecureChat, BOOL.since(766, false))
        );
    }

    private int modeWithHardcoreBit() {
        return spawn.gameMode() | (hardcore ? HARDCORE_BIT : 0);
    }
}
