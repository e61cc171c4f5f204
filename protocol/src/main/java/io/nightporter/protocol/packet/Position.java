package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.DOUBLE;

/**
 * The player has moved.
 *
 * @param y the feet
 * @param headY the eyes; only in 1.7
 */
public record Position(double x, double y, double headY, double z, Ground ground) implements Packet {
    public static final PacketType<Position> TYPE = PacketType.serverbound("Position", Position.class, f ->
        new Position(
            f.field(Position::x, DOUBLE),
            f.field(Position::y, DOUBLE),
            f.field(Position::headY, DOUBLE.upTo(5, 0.0)),
            f.field(Position::z, DOUBLE),
            f.field(Position::ground, Ground.WIRE_TYPE)
        )
    );

    @Override
    public PacketType<Position> type() {
        return TYPE;
    }
}
