package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;

import java.util.List;

/**
 * Which parts of the game are switched on; since 1.20.2.
 *
 * @param features {@code minecraft:vanilla}, and the names of experiments
 */
public record FeatureFlags(List<String> features) implements Packet {
    public static final PacketType<FeatureFlags> TYPE = PacketType.clientbound("FeatureFlags", FeatureFlags.class, f ->
        new FeatureFlags(f.field(FeatureFlags::features, IDENTIFIER.list(4_096)))
    );

    @Override
    public PacketType<FeatureFlags> type() {
        return TYPE;
    }
}
