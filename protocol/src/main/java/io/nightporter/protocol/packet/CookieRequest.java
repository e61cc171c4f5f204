package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;

/** The server asks for a cookie that it, or another server before a transfer, has stored. Since 1.20.5. */
public record CookieRequest(String key) implements Packet {
    public static final PacketType<CookieRequest> TYPE = PacketType.clientbound(
        "CookieRequest",
        CookieRequest.class,
        f -> new CookieRequest(f.field(CookieRequest::key, IDENTIFIER))
    );

    @Override
    public PacketType<CookieRequest> type() {
        return TYPE;
    }
}
