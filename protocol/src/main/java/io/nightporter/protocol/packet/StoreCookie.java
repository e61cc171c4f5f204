package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.bytes;

/** The client keeps the payload until it disconnects for good, transfers included. Since 1.20.5. */
public record StoreCookie(String key, Bytes payload) implements Packet {
    /** In bytes. */
    public static final int MAX_PAYLOAD = 5_120;

    public static final PacketType<StoreCookie> TYPE = PacketType.clientbound("StoreCookie", StoreCookie.class, f ->
        new StoreCookie(f.field(StoreCookie::key, IDENTIFIER), f.field(StoreCookie::payload, bytes(MAX_PAYLOAD)))
    );

    @Override
    public PacketType<StoreCookie> type() {
        return TYPE;
    }
}
