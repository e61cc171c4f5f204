package io.nightporter.protocol.packet;

/** The server takes the client from the play state back into the configuration. Since 1.20.2. */
public record StartConfiguration() implements Packet {
    public static final PacketType<StartConfiguration> TYPE = PacketType.clientbound(
        "StartConfiguration",
        StartConfiguration.class,
        f -> new StartConfiguration()
    );

    @Override
    public PacketType<StartConfiguration> type() {
        return TYPE;
    }
}
