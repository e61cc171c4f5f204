package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.DOUBLE;
import static io.nightporter.protocol.packet.WireTypes.FLOAT;
import static io.nightporter.protocol.packet.WireTypes.INT;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;
import static io.nightporter.protocol.packet.WireTypes.VARINT;

/**
 * Puts the player somewhere. From 1.9 on the client answers with {@link TeleportConfirm}.
 *
 * @param y the feet; in 1.7 the eyes, 1.62 above them
 * @param dx the speed, in blocks a tick, as the other two; since 1.21.2
 * @param yaw in degrees
 * @param pitch in degrees
 * @param relative bits x, y, z, yaw, pitch of what is added to the present value; since 1.8. Since 1.21.2 also the
 *     three speeds, and whether the speed turns with the player
 * @param teleportId since 1.9
 * @param onGround only in 1.7
 * @param dismount whether the player leaves its vehicle; in 1.17 to 1.19.3
 */
public record PlayerPosition(
    double x,
    double y,
    double z,
    double dx,
    double dy,
    double dz,
    float yaw,
    float pitch,
    int relative,
    int teleportId,
    boolean onGround,
    boolean dismount
) implements Packet {
    /** From 1.21.2 on the number of the teleport comes first. */
    private static final int ID_FIRST = 768;

    public static final PacketType<PlayerPosition> TYPE = PacketType.clientbound(
        "PlayerPosition",
        PlayerPosition.class,
        PlayerPosition::layout
    );

    /** A place without speed, nothing of it relative. */
    public static PlayerPosition at(double x, double y, double z, float yaw, float pitch, int teleportId) {
        return new PlayerPosition(x, y, z, 0, 0, 0, yaw, pitch, 0, teleportId, false, false);
    }

    @Override
    public PacketType<PlayerPosition> type() {
        return TYPE;
    }

    private static PlayerPosition layout(Fields<PlayerPosition> f) {
        int earlyId = f.field(PlayerPosition::teleportId, VARINT.since(ID_FIRST, 0));
        double x = f.field(PlayerPosition::x, DOUBLE);
        double y = f.field(PlayerPosition::y, DOUBLE);
        double z = f.field(PlayerPosition::z, DOUBLE);
        double dx = f.field(PlayerPosition::dx, DOUBLE.since(ID_FIRST, 0.0));
        double dy = f.field(PlayerPosition::dy, DOUBLE.since(ID_FIRST, 0.0));
        double dz = f.field(PlayerPosition::dz, DOUBLE.since(ID_FIRST, 0.0));
        float yaw = f.field(PlayerPosition::yaw, FLOAT);
        float pitch = f.field(PlayerPosition::pitch, FLOAT);
        boolean onGround = f.field(PlayerPosition::onGround, BOOL.upTo(5, false));
        int relative = f.field(PlayerPosition::relative, UBYTE.until(767, INT).since(47, 0));
        int lateId = f.field(PlayerPosition::teleportId, VARINT.between(107, ID_FIRST - 1, 0));
        boolean dismount = f.field(PlayerPosition::dismount, BOOL.between(755, 761, false));
        int id = f.since(ID_FIRST) ? earlyId : lateId;
        return new PlayerPosition(x, y, z, dx, dy, dz, yaw, pitch, relative, id, onGround, dismount);
    }
}
