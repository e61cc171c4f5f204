package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.INT;

/** How long titles are shown, in ticks of 50 ms; since 1.17, before see {@link LegacyTitle}. */
public record TitleTimes(int fadeIn, int stay, int fadeOut) implements Packet {
    public static final PacketType<TitleTimes> TYPE = PacketType.clientbound("TitleTimes", TitleTimes.class, f ->
        new TitleTimes(
            f.field(TitleTimes::fadeIn, INT),
            f.field(TitleTimes::stay, INT),
            f.field(TitleTimes::fadeOut, INT)
        )
    );

    @Override
    public PacketType<TitleTimes> type() {
        return TYPE;
    }
}
