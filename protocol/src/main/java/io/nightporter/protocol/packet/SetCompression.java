package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.VARINT;

/**
 * From the next packet on, both sides compress what has at least this many bytes; negative: neither does. Since 1.8.
 */
public record SetCompression(int threshold) implements Packet {
    public static final PacketType<SetCompression> TYPE = PacketType.clientbound(
        "SetCompression",
        SetCompression.class,
        f -> new SetCompression(f.field(SetCompression::threshold, VARINT))
    );

    @Override
    public PacketType<SetCompression> type() {
        return TYPE;
    }
}
