package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.string;

/**
 * What the server list shows.
 *
 * @param json version, players, description, favicon; clients accept 32767 characters, servers with many mods send
 * more
 */
public record StatusResponse(String json) implements Packet {
    private static final int MAX_READ = 262_144;
    private static final int MAX_WRITTEN = 32_767;

    public static final PacketType<StatusResponse> TYPE = PacketType.clientbound(
        "StatusResponse",
        StatusResponse.class,
        f -> new StatusResponse(f.field(StatusResponse::json, string(MAX_READ, MAX_WRITTEN)))
    );

    @Override
    public PacketType<StatusResponse> type() {
        return TYPE;
    }
}
