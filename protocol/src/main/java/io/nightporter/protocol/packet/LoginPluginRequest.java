package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.rest;

/** The server asks something during the login, mostly a proxy in front of it. Since 1.13. */
public record LoginPluginRequest(int messageId, String channel, Bytes data) implements Packet {
    private static final int MAX_DATA = 1 << 20;

    public static final PacketType<LoginPluginRequest> TYPE = PacketType.clientbound(
        "LoginPluginRequest",
        LoginPluginRequest.class,
        f ->
            new LoginPluginRequest(
                f.field(LoginPluginRequest::messageId, VARINT),
                f.field(LoginPluginRequest::channel, IDENTIFIER),
                f.field(LoginPluginRequest::data, rest(MAX_DATA))
            )
    );

    @Override
    public PacketType<LoginPluginRequest> type() {
        return TYPE;
    }
}
