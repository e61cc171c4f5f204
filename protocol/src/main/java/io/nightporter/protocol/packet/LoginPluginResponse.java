package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.rest;

import java.util.Optional;

/**
 * The answer to {@link LoginPluginRequest}.
 *
 * @param data empty when the channel was not understood
 */
public record LoginPluginResponse(int messageId, Optional<Bytes> data) implements Packet {
    private static final int MAX_DATA = 1 << 20;

    public static final PacketType<LoginPluginResponse> TYPE = PacketType.serverbound(
        "LoginPluginResponse",
        LoginPluginResponse.class,
        f ->
            new LoginPluginResponse(
                f.field(LoginPluginResponse::messageId, VARINT),
                f.field(LoginPluginResponse::data, rest(MAX_DATA).optional())
            )
    );

    @Override
    public PacketType<LoginPluginResponse> type() {
        return TYPE;
    }
}
