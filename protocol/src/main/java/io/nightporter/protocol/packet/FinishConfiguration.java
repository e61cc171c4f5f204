package io.nightporter.protocol.packet;

/**
 * The server has nothing more to configure; the play state begins with the client's {@link
 * FinishConfigurationAck}. Since 1.20.2.
 */
public record FinishConfiguration() implements Packet {
    public static final PacketType<FinishConfiguration> TYPE = PacketType.clientbound(
        "FinishConfiguration",
        FinishConfiguration.class,
        f -> new FinishConfiguration()
    );

    @Override
    public PacketType<FinishConfiguration> type() {
        return TYPE;
    }
}
