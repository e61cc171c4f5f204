package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.TEXT;

import io.nightporter.protocol.text.Text;

/** A line above the hot bar; since 1.17, before see {@link LegacyTitle}. */
public record ActionBar(Text text) implements Packet {
    public static final PacketType<ActionBar> TYPE = PacketType.clientbound("ActionBar", ActionBar.class, f ->
        new ActionBar(f.field(ActionBar::text, TEXT))
    );

    @Override
    public PacketType<ActionBar> type() {
        return TYPE;
    }
}
