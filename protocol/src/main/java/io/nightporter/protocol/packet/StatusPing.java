package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.LONG;

/** The client measures the way to the server and back; answered by {@link StatusPong} with the same number. */
public record StatusPing(long payload) implements Packet {
    public static final PacketType<StatusPing> TYPE = PacketType.serverbound("StatusPing", StatusPing.class, f ->
        new StatusPing(f.field(StatusPing::payload, LONG))
    );

    @Override
    public PacketType<StatusPing> type() {
        return TYPE;
    }
}
