package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.NBT;

import java.util.List;
import java.util.Optional;

/**
 * What there is of a kind of thing, such as biomes; since 1.20.2. In a configuration the client accepts each registry
 * once.
 *
 * @param registry such as {@code minecraft:dimension_type}; since 1.20.5, empty before
 * @param entries in the order that gives them their numbers; since 1.20.5
 * @param codec NBT of all registries, until 1.20.4; {@link Bytes#EMPTY} later
 */
public record RegistryData(String registry, List<Entry> entries, Bytes codec) implements Packet {
    private static final WireType<List<Entry>> ENTRIES = WireTypes.<Entry>struct(f ->
        new Entry(f.field(Entry::id, IDENTIFIER), f.field(Entry::content, NBT.optional()))
    ).list(1 << 16);

    public static final PacketType<RegistryData> TYPE = PacketType.clientbound("RegistryData", RegistryData.class, f ->
        new RegistryData(
            f.field(RegistryData::registry, IDENTIFIER.since(766, "")),
            f.field(RegistryData::entries, ENTRIES.since(766, List.of())),
            f.field(RegistryData::codec, NBT.upTo(765, Bytes.EMPTY))
        )
    );

    /** One registry, for 1.20.5 and later. */
    public static RegistryData of(String registry, List<Entry> entries) {
        return new RegistryData(registry, entries, Bytes.EMPTY);
    }

    /** All registries, for 1.20.2 to 1.20.4. */
    public static RegistryData of(Bytes codec) {
        return new RegistryData("", List.of(), codec);
    }

    @Override
    public PacketType<RegistryData> type() {
        return TYPE;
    }

    /**
     * @param content NBT; empty where a data pack that the client said to have has it, see {@link KnownPacks}
     */
    public record Entry(String id, Optional<Bytes> content) {}
}
