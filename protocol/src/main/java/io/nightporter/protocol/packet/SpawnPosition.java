package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.FLOAT;
import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.POSITION;

/**
 * Where compasses point, and where players appear that have no bed.
 *
 * @param dimension the world's name; since 1.21.9
 * @param yaw in degrees; since 1.17
 * @param pitch in degrees; since 1.21.9
 */
public record SpawnPosition(String dimension, BlockPosition position, float yaw, float pitch) implements Packet {
    public static final PacketType<SpawnPosition> TYPE = PacketType.clientbound(
        "SpawnPosition",
        SpawnPosition.class,
        f ->
            new SpawnPosition(
                f.field(SpawnPosition::dimension, IDENTIFIER.since(773, "")),
                f.field(SpawnPosition::position, POSITION),
                f.field(SpawnPosition::yaw, FLOAT.since(755, 0F)),
                f.field(SpawnPosition::pitch, FLOAT.since(773, 0F))
            )
    );

    @Override
    public PacketType<SpawnPosition> type() {
        return TYPE;
    }
}
