package io.nightporter.protocol.packet;

/** The client leaves the configuration for the play state. Since 1.20.2. */
public record FinishConfigurationAck() implements Packet {
    public static final PacketType<FinishConfigurationAck> TYPE = PacketType.serverbound(
        "FinishConfigurationAck",
        FinishConfigurationAck.class,
        f -> new FinishConfigurationAck()
    );

    @Override
    public PacketType<FinishConfigurationAck> type() {
        return TYPE;
    }
}
