package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.Optional;

/**
 * What the player wrote, without commands; since 1.19.
 *
 * @param timestamp milliseconds since 1970
 * @param signature empty when the player has no key
 * @param signedPreview only until 1.19.2
 */
public record ChatMessage(
    String message,
    long timestamp,
    long salt,
    Optional<Bytes> signature,
    boolean signedPreview,
    LastSeenMessages lastSeen
) implements Packet {
    public static final PacketType<ChatMessage> TYPE = PacketType.serverbound("ChatMessage", ChatMessage.class, f ->
        new ChatMessage(
            f.field(ChatMessage::message, string(256)),
            f.field(ChatMessage::timestamp, LONG),
            f.field(ChatMessage::salt, LONG),
            f.field(ChatMessage::signature, MessageSignatures.OPTIONAL),
            f.field(ChatMessage::signedPreview, BOOL.upTo(760, false)),
            f.field(ChatMessage::lastSeen, LastSeenMessages.WIRE_TYPE)
        )
    );

    @Override
    public PacketType<ChatMessage> type() {
        return TYPE;
    }
}
