package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;

import java.util.Optional;
import java.util.UUID;

/**
 * The client is to drop a resource pack; since 1.20.3.
 *
 * @param pack empty for all of them
 */
public record ResourcePackPop(Optional<UUID> pack) implements Packet {
    public static final PacketType<ResourcePackPop> TYPE = PacketType.clientbound(
        "ResourcePackPop",
        ResourcePackPop.class,
        f -> new ResourcePackPop(f.field(ResourcePackPop::pack, UUID_BINARY.optional()))
    );

    @Override
    public PacketType<ResourcePackPop> type() {
        return TYPE;
    }
}
