package io.nightporter.protocol.packet;

/** Begins and ends packets that the client handles within one tick; since 1.19.4. */
public record BundleDelimiter() implements Packet {
    public static final PacketType<BundleDelimiter> TYPE = PacketType.clientbound(
        "BundleDelimiter",
        BundleDelimiter.class,
        f -> new BundleDelimiter()
    );

    @Override
    public PacketType<BundleDelimiter> type() {
        return TYPE;
    }
}
