package io.nightporter.protocol.voidworld;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.RegistryData;
import io.nightporter.protocol.packet.UpdateTags;
import io.nightporter.protocol.packet.WireType;
import io.nightporter.protocol.packet.WireTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The resources of this package, which {@code protocol/data/generate-registries.mjs} makes. Each has the protocol with
 * which it began in its name, and is good until the next one.
 */
final class GameData {

    /** Until 1.15.2 clients have everything themselves. */
    static final int CODEC_SINCE = 735;

    /** From 1.20.5 on registries come one by one. */
    static final int CONFIGURATION_SINCE = 766;

    private static final WireType<RegistryData> REGISTRY = WireTypes.struct(RegistryData.TYPE.layout());

    private GameData() {}

    /** All registries, with what a client cannot do without; for 1.16 to 1.20.4. */
    static Bytes codec(int protocol) {
        return Bytes.of(read("codec-%d.nbt", protocol, CODEC_SINCE));
    }

    /** The overworld's dimension type; for 1.16.2 to 1.18.2. */
    static Bytes dimension(int protocol) {
        return Bytes.of(read("dimension-%d.nbt", protocol, CODEC_SINCE));
    }

    /**
     * What a client is told in its configuration; for 1.20.5 and later.
     *
     * @param registries all of them, with content as far as it is known
     */
    record Configuration(UpdateTags tags, List<RegistryData> registries) {
        /** For versions without one. */
        static final Configuration EMPTY = new Configuration(new UpdateTags(List.of()), List.of());

        /** For clients that have the content themselves. */
        Configuration namesOnly() {
            return new Configuration(
                tags,
                registries
                    .stream()
                    .map(registry -> RegistryData.of(registry.registry(), names(registry)))
                    .toList()
            );
        }

        /** For clients that don't: they refuse names without content. */
        Configuration contentOnly() {
            return new Configuration(
                tags,
                registries
                    .stream()
                    .map(registry -> RegistryData.of(registry.registry(), known(registry)))
                    .filter(registry -> !registry.entries().isEmpty())
                    .toList()
            );
        }

        private static List<RegistryData.Entry> names(RegistryData registry) {
            return registry
                .entries()
                .stream()
                .map(entry -> new RegistryData.Entry(entry.id(), Optional.empty()))
                .toList();
        }

        private static List<RegistryData.Entry> known(RegistryData registry) {
            return registry
                .entries()
                .stream()
                .filter(entry -> entry.content().isPresent())
                .toList();
        }
    }

    static Configuration configuration(int protocol) {
        ByteBuf in = Unpooled.wrappedBuffer(read("configuration-%d.bin.gz", protocol, CONFIGURATION_SINCE));
        UpdateTags tags = WireTypes.struct(UpdateTags.TYPE.layout()).read(in, protocol);
        List<RegistryData> registries = new ArrayList<>();
        while (in.isReadable()) {
            registries.add(REGISTRY.read(in, protocol));
        }
        return new Configuration(tags, List.copyOf(registries));
    }

    /** The newest resource of that name that is not newer than the protocol, unpacked. */
    private static byte[] read(String name, int protocol, int oldest) {
        for (int candidate = protocol; candidate >= oldest; candidate--) {
            byte[] found = find(name.formatted(candidate));
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException("no resource " + name.formatted(protocol) + ", nor an older one");
    }

    private static byte @Nullable [] find(String resource) {
        try (InputStream in = GameData.class.getResourceAsStream(resource)) {
            if (in == null) {
                return null;
            }
            return resource.endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", e);
        }
    }
}
