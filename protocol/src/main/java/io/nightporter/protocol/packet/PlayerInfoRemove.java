package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;

import java.util.List;
import java.util.UUID;

/** Players leave the list that the tab key shows; since 1.19.3. */
public record PlayerInfoRemove(List<UUID> players) implements Packet {
    public static final PacketType<PlayerInfoRemove> TYPE = PacketType.clientbound(
        "PlayerInfoRemove",
        PlayerInfoRemove.class,
        f -> new PlayerInfoRemove(f.field(PlayerInfoRemove::players, UUID_BINARY.list(PlayerInfoUpdate.MAX_PLAYERS)))
    );

    @Override
    public PacketType<PlayerInfoRemove> type() {
        return TYPE;
    }
}
