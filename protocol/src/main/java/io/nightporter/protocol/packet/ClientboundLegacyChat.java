package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.TEXT;
import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;

import io.nightporter.protocol.text.Text;
import java.util.UUID;

/**
 * A line in the chat, until 1.18.2; see {@link SystemChat} for later versions.
 *
 * @param position {@link #CHAT}, {@link #SYSTEM} or {@link #ACTION_BAR}; since 1.8
 * @param sender since 1.16
 */
public record ClientboundLegacyChat(Text message, int position, UUID sender) implements Packet {
    public static final int CHAT = 0;
    public static final int SYSTEM = 1;
    public static final int ACTION_BAR = 2;

    /** What the game itself sends as the sender of its own messages. */
    public static final UUID NOBODY = new UUID(0, 0);

    public static final PacketType<ClientboundLegacyChat> TYPE = PacketType.clientbound(
        "LegacyChat",
        ClientboundLegacyChat.class,
        f ->
            new ClientboundLegacyChat(
                f.field(ClientboundLegacyChat::message, TEXT),
                f.field(ClientboundLegacyChat::position, BYTE.since(47, CHAT)),
                f.field(ClientboundLegacyChat::sender, UUID_BINARY.since(735, NOBODY))
            )
    );

    @Override
    public PacketType<ClientboundLegacyChat> type() {
        return TYPE;
    }
}
