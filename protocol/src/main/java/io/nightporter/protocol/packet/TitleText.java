package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.TEXT;

import io.nightporter.protocol.text.Text;

/**
 * Large text in the middle of the screen, which shows the subtitle as well; since 1.17, before see {@link
 * LegacyTitle}.
 */
public record TitleText(Text text) implements Packet {
    public static final PacketType<TitleText> TYPE = PacketType.clientbound("TitleText", TitleText.class, f ->
        new TitleText(f.field(TitleText::text, TEXT))
    );

    @Override
    public PacketType<TitleText> type() {
        return TYPE;
    }
}
