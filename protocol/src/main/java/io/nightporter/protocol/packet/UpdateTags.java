package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.VARINT;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Which entries of registries have what in common; since 1.13 in the play state, since 1.20.2 in the configuration too.
 *
 * @param registries until 1.16.5 exactly blocks, items, fluids and, from 1.14 on, entities
 */
public record UpdateTags(List<Registry> registries) implements Packet {
    private static final WireType<List<Tag>> TAGS = WireTypes.<Tag>struct(f ->
        new Tag(f.field(Tag::name, IDENTIFIER), f.field(Tag::entries, VARINT.list(1 << 20)))
    ).list(1 << 16);

    private static final WireType<List<Registry>> NAMED = WireTypes.<Registry>struct(f ->
        new Registry(f.field(Registry::name, IDENTIFIER), f.field(Registry::tags, TAGS))
    ).list(4_096);

    public static final PacketType<UpdateTags> TYPE = PacketType.clientbound("UpdateTags", UpdateTags.class, f ->
        new UpdateTags(
            f.field(
                UpdateTags::registries,
                fixed("minecraft:block", "minecraft:item", "minecraft:fluid").until(
                    404,
                    fixed("minecraft:block", "minecraft:item", "minecraft:fluid", "minecraft:entity_type").until(
                        754,
                        NAMED
                    )
                )
            )
        )
    );

    @Override
    public PacketType<UpdateTags> type() {
        return TYPE;
    }

    /** The tags of these registries, one after the other and without their names. */
    private static WireType<List<Registry>> fixed(String... names) {
        return WireType.of(
            (in, protocol) -> {
                List<Registry> registries = new ArrayList<>(names.length);
                for (String name : names) {
                    registries.add(new Registry(name, TAGS.read(in, protocol)));
                }
                return List.copyOf(registries);
            },
            (out, registries, protocol) -> writeFixed(out, registries, protocol, List.of(names))
        );
    }

    private static void writeFixed(ByteBuf out, List<Registry> registries, int protocol, List<String> names) {
        if (!registries.stream().map(Registry::name).toList().equals(names)) {
            throw new IllegalArgumentException("protocol " + protocol + " wants the tags of exactly " + names);
        }
        for (Registry registry : registries) {
            TAGS.write(out, registry.tags(), protocol);
        }
    }

    /**
     * @param name such as {@code minecraft:block}
     */
    public record Registry(String name, List<Tag> tags) {}

    /**
     * @param entries places in the registry
     */
    public record Tag(String name, List<Integer> entries) {}
}
