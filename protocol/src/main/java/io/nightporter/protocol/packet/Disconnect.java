package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.TEXT;

import io.nightporter.protocol.text.Text;

/** The server ends the connection, in configuration or play; during the login see {@link LoginDisconnect}. */
public record Disconnect(Text reason) implements Packet {
    public static final PacketType<Disconnect> TYPE = PacketType.clientbound("Disconnect", Disconnect.class, f ->
        new Disconnect(f.field(Disconnect::reason, TEXT))
    );

    @Override
    public PacketType<Disconnect> type() {
        return TYPE;
    }
}
