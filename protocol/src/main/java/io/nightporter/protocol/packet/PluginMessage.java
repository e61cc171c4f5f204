package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.extendedShortArray;
import static io.nightporter.protocol.packet.WireTypes.rest;

/**
 * A message of the game or of a plugin about something that has no packet of its own.
 *
 * @param channel a plain name such as {@code MC|Brand} until 1.12.2, an identifier from 1.13 on
 */
public record PluginMessage(String channel, Bytes data) implements Packet {
    /** In bytes, both ways; what clients send is bounded further by the limits of the connection. */
    public static final int MAX_DATA = 1 << 20;

    public static final PacketType<PluginMessage> TYPE = PacketType.bothWays("PluginMessage", PluginMessage.class, f ->
        new PluginMessage(
            f.field(PluginMessage::channel, IDENTIFIER),
            f.field(PluginMessage::data, extendedShortArray(MAX_DATA).until(5, rest(MAX_DATA)))
        )
    );

    @Override
    public PacketType<PluginMessage> type() {
        return TYPE;
    }
}
