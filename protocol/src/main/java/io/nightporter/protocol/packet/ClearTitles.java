package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;

/**
 * Ends the title that is shown; since 1.17, before see {@link LegacyTitle}.
 *
 * @param reset also forgets the texts and sets the times back
 */
public record ClearTitles(boolean reset) implements Packet {
    public static final PacketType<ClearTitles> TYPE = PacketType.clientbound("ClearTitles", ClearTitles.class, f ->
        new ClearTitles(f.field(ClearTitles::reset, BOOL))
    );

    @Override
    public PacketType<ClearTitles> type() {
        return TYPE;
    }
}
