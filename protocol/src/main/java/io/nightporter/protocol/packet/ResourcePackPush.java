package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.TEXT;
import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;
import static io.nightporter.protocol.packet.WireTypes.string;

import io.nightporter.protocol.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The client is asked to load a resource pack; since 1.8.
 *
 * @param pack since 1.20.3; before, there is one pack at a time, and this is {@link ResourcePackStatus#UNNAMED}
 * @param hash SHA-1 as 40 hexadecimal digits, or empty
 * @param forced whether the client may stay only with the pack; since 1.17
 * @param prompt since 1.17
 */
public record ResourcePackPush(
    UUID pack,
    String url,
    String hash,
    boolean forced,
    Optional<Text> prompt
) implements Packet {
    public static final PacketType<ResourcePackPush> TYPE = PacketType.clientbound(
        "ResourcePackPush",
        ResourcePackPush.class,
        f ->
            new ResourcePackPush(
                f.field(ResourcePackPush::pack, UUID_BINARY.since(765, ResourcePackStatus.UNNAMED)),
                f.field(ResourcePackPush::url, string(32_767)),
                f.field(ResourcePackPush::hash, string(40)),
                f.field(ResourcePackPush::forced, BOOL.since(755, false)),
                f.field(ResourcePackPush::prompt, TEXT.optional().since(755, Optional.empty()))
            )
    );

    /** What a client says in the end when all goes well, for one that has the pack; since 1.20.3. */
    public List<ResourcePackStatus> answersOfOneWhoHasIt() {
        return List.of(
            new ResourcePackStatus(pack, hash, ResourcePackStatus.ACCEPTED),
            new ResourcePackStatus(pack, hash, ResourcePackStatus.DOWNLOADED),
            new ResourcePackStatus(pack, hash, ResourcePackStatus.LOADED)
        );
    }

    @Override
    public PacketType<ResourcePackPush> type() {
        return TYPE;
    }
}
