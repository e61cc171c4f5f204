package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.LONG;

/** The answer to {@link StatusPing}, with its number. */
public record StatusPong(long payload) implements Packet {
    public static final PacketType<StatusPong> TYPE = PacketType.clientbound("StatusPong", StatusPong.class, f ->
        new StatusPong(f.field(StatusPong::payload, LONG))
    );

    @Override
    public PacketType<StatusPong> type() {
        return TYPE;
    }
}
