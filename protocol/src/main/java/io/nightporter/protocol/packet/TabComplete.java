package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.POSITION;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.Optional;

/**
 * The client asks how a command could go on; until 1.12.2 how any text could.
 *
 * @param transaction comes back in the {@link TabCompleteResponse}; since 1.13
 * @param text what was written so far; a command begins with a slash
 * @param assumeCommand whether it is one even without; from 1.9 to 1.12.2
 * @param lookedAt the block at which the player looks; from 1.8 to 1.12.2
 */
public record TabComplete(
    int transaction,
    String text,
    boolean assumeCommand,
    Optional<BlockPosition> lookedAt
) implements Packet {
    public static final PacketType<TabComplete> TYPE = PacketType.serverbound("TabComplete", TabComplete.class, f ->
        new TabComplete(
            f.field(TabComplete::transaction, VARINT.since(393, 0)),
            f.field(TabComplete::text, string(32_767).until(340, string(32_500))),
            f.field(TabComplete::assumeCommand, BOOL.between(107, 340, false)),
            f.field(TabComplete::lookedAt, POSITION.optional().between(47, 340, Optional.empty()))
        )
    );

    @Override
    public PacketType<TabComplete> type() {
        return TYPE;
    }
}
