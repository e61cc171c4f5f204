package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.DOUBLE;
import static io.nightporter.protocol.packet.WireTypes.FLOAT;

/**
 * The player has moved and turned.
 *
 * @param y the feet
 * @param headY the eyes; only in 1.7
 * @param yaw in degrees
 * @param pitch in degrees
 */
public record PositionLook(
    double x,
    double y,
    double headY,
    double z,
    float yaw,
    float pitch,
    Ground ground
) implements Packet {
    public static final PacketType<PositionLook> TYPE = PacketType.serverbound("PositionLook", PositionLook.class, f ->
        new PositionLook(
            f.field(PositionLook::x, DOUBLE),
            f.field(PositionLook::y, DOUBLE),
            f.field(PositionLook::headY, DOUBLE.upTo(5, 0.0)),
            f.field(PositionLook::z, DOUBLE),
            f.field(PositionLook::yaw, FLOAT),
            f.field(PositionLook::pitch, FLOAT),
            f.field(PositionLook::ground, Ground.WIRE_TYPE)
        )
    );

    @Override
    public PacketType<PositionLook> type() {
        return TYPE;
    }
}
