package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.DOUBLE;
import static io.nightporter.protocol.packet.WireTypes.FLOAT;
import static io.nightporter.protocol.packet.WireTypes.VARINT;

/**
 * The client has taken the place that {@link PlayerPosition} gave it; since 1.9.
 *
 * @param x where the client is now, as the other coordinates and angles; since 26.3
 */
public record TeleportConfirm(int teleportId, double x, double y, double z, float yaw, float pitch) implements Packet {
    public static final PacketType<TeleportConfirm> TYPE = PacketType.serverbound(
        "TeleportConfirm",
        TeleportConfirm.class,
        f ->
            new TeleportConfirm(
                f.field(TeleportConfirm::teleportId, VARINT),
                f.field(TeleportConfirm::x, DOUBLE.since(777, 0.0)),
                f.field(TeleportConfirm::y, DOUBLE.since(777, 0.0)),
                f.field(TeleportConfirm::z, DOUBLE.since(777, 0.0)),
                f.field(TeleportConfirm::yaw, FLOAT.since(777, 0F)),
                f.field(TeleportConfirm::pitch, FLOAT.since(777, 0F))
            )
    );

    @Override
    public PacketType<TeleportConfirm> type() {
        return TYPE;
    }
}
