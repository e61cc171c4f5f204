package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.INT;

/** The answer to {@link Ping}, with its number. */
public record Pong(int id) implements Packet {
    public static final PacketType<Pong> TYPE = PacketType.serverbound("Pong", Pong.class, f ->
        new Pong(f.field(Pong::id, INT))
    );

    @Override
    public PacketType<Pong> type() {
        return TYPE;
    }
}
