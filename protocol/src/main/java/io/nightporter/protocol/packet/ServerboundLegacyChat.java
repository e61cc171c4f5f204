package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.string;

/** What the player wrote, commands with their slash included; until 1.18.2. */
public record ServerboundLegacyChat(String message) implements Packet {
    public static final PacketType<ServerboundLegacyChat> TYPE = PacketType.serverbound(
        "LegacyChat",
        ServerboundLegacyChat.class,
        f -> new ServerboundLegacyChat(f.field(ServerboundLegacyChat::message, string(100).until(210, string(256))))
    );

    @Override
    public PacketType<ServerboundLegacyChat> type() {
        return TYPE;
    }
}
