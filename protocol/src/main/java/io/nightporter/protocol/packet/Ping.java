package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.INT;

/**
 * Answered by {@link Pong} once the client has handled all that came before; play since 1.17, configuration since
 * 1.20.2.
 */
public record Ping(int id) implements Packet {
    public static final PacketType<Ping> TYPE = PacketType.clientbound("Ping", Ping.class, f ->
        new Ping(f.field(Ping::id, INT))
    );

    @Override
    public PacketType<Ping> type() {
        return TYPE;
    }
}
