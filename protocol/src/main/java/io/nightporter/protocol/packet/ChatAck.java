package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.VARINT;

import io.nightporter.protocol.packet.LastSeenMessages.Seen;
import java.util.List;
import java.util.Optional;

/**
 * Which signed messages the client has seen, when it does not say so with a message of its own; since 1.19.1.
 *
 * @param count how many messages came since the client last said so; since 1.19.3
 * @param messages only in 1.19.1 and 1.19.2
 * @param lastRejected only in 1.19.1 and 1.19.2
 */
public record ChatAck(int count, List<Seen> messages, Optional<Seen> lastRejected) implements Packet {
    public static final PacketType<ChatAck> TYPE = PacketType.serverbound("ChatAck", ChatAck.class, f ->
        new ChatAck(
            f.field(ChatAck::count, VARINT.since(761, 0)),
            f.field(ChatAck::messages, LastSeenMessages.MESSAGES),
            f.field(ChatAck::lastRejected, LastSeenMessages.LAST_REJECTED)
        )
    );

    @Override
    public PacketType<ChatAck> type() {
        return TYPE;
    }
}
