package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.bytes;

import java.util.Optional;

/**
 * The answer to {@link CookieRequest}.
 *
 * @param payload empty when the client has no such cookie
 */
public record CookieResponse(String key, Optional<Bytes> payload) implements Packet {
    public static final PacketType<CookieResponse> TYPE = PacketType.serverbound(
        "CookieResponse",
        CookieResponse.class,
        f ->
            new CookieResponse(
                f.field(CookieResponse::key, IDENTIFIER),
                f.field(CookieResponse::payload, bytes(StoreCookie.MAX_PAYLOAD).optional())
            )
    );

    @Override
    public PacketType<CookieResponse> type() {
        return TYPE;
    }
}
