package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.TEXT;

import io.nightporter.protocol.text.Text;

/** The line below the next title; since 1.17, before see {@link LegacyTitle}. */
public record TitleSubtitle(Text text) implements Packet {
    public static final PacketType<TitleSubtitle> TYPE = PacketType.clientbound(
        "TitleSubtitle",
        TitleSubtitle.class,
        f -> new TitleSubtitle(f.field(TitleSubtitle::text, TEXT))
    );

    @Override
    public PacketType<TitleSubtitle> type() {
        return TYPE;
    }
}
