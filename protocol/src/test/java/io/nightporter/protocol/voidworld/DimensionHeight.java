package io.nightporter.protocol.voidworld;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.RegistryData;
import io.nightporter.protocol.version.ProtocolVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.CompoundBinaryTag;

/** How high worlds are. */
final class DimensionHeight {

    private DimensionHeight() {}

    /** Where the world that the packet names ends, in blocks; it must be one that the client was told of. */
    static int top(ProtocolVersion version, JoinGame join) {
        int protocol = version.number();
        VoidWorld world = VoidWorld.of(version);
        return switch (join.spawn().dimension()) {
            case Dimension.Described described -> top(compound(described.nbt(), true));
            case Dimension.Named named when protocol <= 736 -> {
                assertThat(
                    compound(join.registries(), true)
                        .getList("dimension")
                        .stream()
                        .map(entry -> ((CompoundBinaryTag) entry).getString("name"))
                ).contains(named.name());
                yield 256;
            }
            case Dimension.Named named -> {
                Bytes codec =
                    protocol <= 763
                        ? join.registries()
                        : VoidWorldTest.registryData(world.configuration(true, Held.NOTHING)).getFirst().codec();
                yield compound(codec, protocol <= 763)
                    .getCompound("minecraft:dimension_type")
                    .getList("value")
                    .stream()
                    .map(CompoundBinaryTag.class::cast)
                    .filter(entry -> entry.getString("name").equals(named.name()))
                    .map(entry -> top(entry.getCompound("element")))
                    .findFirst()
                    .orElseThrow();
            }
            case Dimension.Numbered numbered when protocol < 766 -> {
                assertThat(numbered.number()).isZero();
                yield 256;
            }
            case Dimension.Numbered numbered -> {
                RegistryData types = VoidWorldTest.registryData(world.configuration(false, Held.NOTHING))
                    .stream()
                    .filter(data -> data.registry().equals("minecraft:dimension_type"))
                    .findFirst()
                    .orElseThrow();
                RegistryData.Entry type = types.entries().get(numbered.number());
                assertThat(type.id()).isEqualTo("minecraft:overworld");
                yield top(compound(type.content().orElseThrow(), false));
            }
        };
    }

    private static int top(CompoundBinaryTag dimension) {
        // Heights are the client's own business until 1.16.5.
        return dimension.keySet().contains("height") ? dimension.getInt("min_y") + dimension.getInt("height") : 256;
    }

    private static CompoundBinaryTag compound(Bytes nbt, boolean named) {
        InputStream in = new ByteArrayInputStream(nbt.toArray());
        try {
            return named
                ? BinaryTagIO.unlimitedReader().readNamed(in).getValue()
                : BinaryTagIO.unlimitedReader().readNameless(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
