package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.TEXT;

import io.nightporter.protocol.text.Text;

/** What stands above and below the list of players; empty texts remove it. Since 1.8. */
public record TabListHeaderFooter(Text header, Text footer) implements Packet {
    public static final PacketType<TabListHeaderFooter> TYPE = PacketType.clientbound(
        "TabListHeaderFooter",
        TabListHeaderFooter.class,
        f ->
            new TabListHeaderFooter(
                f.field(TabListHeaderFooter::header, TEXT),
                f.field(TabListHeaderFooter::footer, TEXT)
            )
    );

    @Override
    public PacketType<TabListHeaderFooter> type() {
        return TYPE;
    }
}
