package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.UUID;

/**
 * What became of a resource pack that the server offered; since 1.8.
 *
 * @param pack since 1.20.3
 * @param hash SHA-1 as the server gave it; until 1.9.4
 * @param result 0 loaded, 1 declined, 2 failed, 3 accepted; since 1.20.3 also 4 downloaded, 5 bad address, 6
 * failed to reload,
 *     7 discarded
 */
public record ResourcePackStatus(UUID pack, String hash, int result) implements Packet {
    public static final int LOADED = 0;
    public static final int ACCEPTED = 3;
    public static final int DOWNLOADED = 4;

    /** What {@link #pack} is before 1.20.3. */
    public static final UUID UNNAMED = new UUID(0, 0);

    public static final PacketType<ResourcePackStatus> TYPE = PacketType.serverbound(
        "ResourcePackStatus",
        ResourcePackStatus.class,
        f ->
            new ResourcePackStatus(
                f.field(ResourcePackStatus::pack, UUID_BINARY.since(765, UNNAMED)),
                f.field(ResourcePackStatus::hash, string(40).upTo(110, "")),
                f.field(ResourcePackStatus::result, VARINT)
            )
    );

    @Override
    public PacketType<ResourcePackStatus> type() {
        return TYPE;
    }
}
