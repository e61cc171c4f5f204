package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.string;

/** The client leaves and connects to another address with the intent {@link Handshake#TRANSFER}. Since 1.20.5. */
public record Transfer(String host, int port) implements Packet {
    public static final PacketType<Transfer> TYPE = PacketType.clientbound("Transfer", Transfer.class, f ->
        new Transfer(f.field(Transfer::host, string(32_767)), f.field(Transfer::port, VARINT))
    );

    @Override
    public PacketType<Transfer> type() {
        return TYPE;
    }
}
