package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.TEXT;
import static io.nightporter.protocol.packet.WireTypes.VARINT;

import io.nightporter.protocol.text.Text;

/**
 * A line that nobody signed, in the chat or above the hot bar; since 1.19.
 *
 * @param actionBar whether it is shown above the hot bar
 */
public record SystemChat(Text content, boolean actionBar) implements Packet {
    /** 1.19 names the kind by its place in the chat type registry, here as the game itself orders it. */
    private static final WireType<Boolean> KIND = VARINT.as(kind -> kind == 2, actionBar -> actionBar ? 2 : 1);

    public static final PacketType<SystemChat> TYPE = PacketType.clientbound("SystemChat", SystemChat.class, f ->
        new SystemChat(f.field(SystemChat::content, TEXT), f.field(SystemChat::actionBar, KIND.until(759, BOOL)))
    );

    @Override
    public PacketType<SystemChat> type() {
        return TYPE;
    }
}
