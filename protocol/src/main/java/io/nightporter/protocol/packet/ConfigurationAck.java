package io.nightporter.protocol.packet;

/**
 * The client leaves the play state for the configuration; the answer to {@link StartConfiguration}. Since 1.20.2.
 */
public record ConfigurationAck() implements Packet {
    public static final PacketType<ConfigurationAck> TYPE = PacketType.serverbound(
        "ConfigurationAck",
        ConfigurationAck.class,
        f -> new ConfigurationAck()
    );

    @Override
    public PacketType<ConfigurationAck> type() {
        return TYPE;
    }
}
