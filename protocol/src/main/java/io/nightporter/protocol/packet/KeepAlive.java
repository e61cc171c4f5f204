package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.INT_AS_LONG;
import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.VARINT_AS_LONG;

/**
 * Sent by the server now and then, and sent back by the client.
 *
 * @param id any number; before 1.12.2 one of 32 bits
 */
public record KeepAlive(long id) implements Packet {
    public static final PacketType<KeepAlive> TYPE = PacketType.bothWays("KeepAlive", KeepAlive.class, f ->
        new KeepAlive(f.field(KeepAlive::id, INT_AS_LONG.until(5, VARINT_AS_LONG.until(339, LONG))))
    );

    @Override
    public PacketType<KeepAlive> type() {
        return TYPE;
    }
}
