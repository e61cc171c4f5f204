package io.nightporter.protocol.packet;

/** The client asks what the server list shall show. */
public record StatusRequest() implements Packet {
    public static final PacketType<StatusRequest> TYPE = PacketType.serverbound(
        "StatusRequest",
        StatusRequest.class,
        f -> new StatusRequest()
    );

    @Override
    public PacketType<StatusRequest> type() {
        return TYPE;
    }
}
