package io.nightporter.protocol.packet;

/** The client has seen the end of the login and goes on with the configuration. Since 1.20.2. */
public record LoginAcknowledged() implements Packet {
    public static final PacketType<LoginAcknowledged> TYPE = PacketType.serverbound(
        "LoginAcknowledged",
        LoginAcknowledged.class,
        f -> new LoginAcknowledged()
    );

    @Override
    public PacketType<LoginAcknowledged> type() {
        return TYPE;
    }
}
