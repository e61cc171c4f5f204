package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.JSON_TEXT;

import io.nightporter.protocol.text.Text;

/** The login is refused. The reason is JSON in every version. */
public record LoginDisconnect(Text reason) implements Packet {
    public static final PacketType<LoginDisconnect> TYPE = PacketType.clientbound(
        "LoginDisconnect",
        LoginDisconnect.class,
        f -> new LoginDisconnect(f.field(LoginDisconnect::reason, JSON_TEXT))
    );

    @Override
    public PacketType<LoginDisconnect> type() {
        return TYPE;
    }
}
