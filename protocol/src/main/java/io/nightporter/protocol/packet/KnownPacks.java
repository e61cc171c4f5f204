package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.List;

/** Which data packs one side has, so that their content need not be sent. Since 1.20.5. */
public record KnownPacks(List<Pack> packs) implements Packet {
    private static final WireType<List<Pack>> PACKS = WireTypes.<Pack>struct(f ->
        new Pack(
            f.field(Pack::namespace, string(32_767)),
            f.field(Pack::id, string(32_767)),
            f.field(Pack::version, string(32_767))
        )
    ).list(1_024);

    public static final PacketType<KnownPacks> TYPE = PacketType.bothWays("KnownPacks", KnownPacks.class, f ->
        new KnownPacks(f.field(KnownPacks::packs, PACKS))
    );

    @Override
    public PacketType<KnownPacks> type() {
        return TYPE;
    }

    /** For the game's own content: {@code minecraft}, {@code core} and the release. */
    public record Pack(String namespace, String id, String version) {}
}
