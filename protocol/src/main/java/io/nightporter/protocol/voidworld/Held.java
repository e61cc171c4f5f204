package io.nightporter.protocol.voidworld;

import io.nightporter.protocol.packet.FeatureFlags;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.RegistryData;
import io.nightporter.protocol.packet.UpdateTags;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client was given in the present pass of its configuration by a server that is gone. A client accepts each
 * registry once in a pass, so the void world has to do with what is there.
 *
 * @param registries the names of registries; the empty name where all came as one, before 1.20.5
 * @param dimensionTypes in the server's order, if that registry came
 */
public record Held(Set<String> registries, List<String> dimensionTypes, boolean tags, boolean features) {
    /** A fresh pass. */
    public static final Held NOTHING = new Held(Set.of(), List.of(), false, false);

    static final String DIMENSION_TYPE = "minecraft:dimension_type";

    public Held {
        registries = Set.copyOf(registries);
        dimensionTypes = List.copyOf(dimensionTypes);
    }

    /** This, and what the server sent just now: any packet of the configuration. */
    public Held and(Packet packet) {
        return switch (packet) {
            case RegistryData data -> new Held(with(data.registry()), dimensionTypes(data), tags, features);
            case UpdateTags _ -> new Held(registries, dimensionTypes, true, features);
            case FeatureFlags _ -> new Held(registries, dimensionTypes, tags, true);
            default -> this;
        };
    }

    private Set<String> with(String registry) {
        Set<String> all = new HashSet<>(registries);
        all.add(registry);
        return all;
    }

    private List<String> dimensionTypes(RegistryData data) {
        if (data.registry().equals(DIMENSION_TYPE)) {
            return data.entries().stream().map(RegistryData.Entry::id).toList();
        }
        return data.codec().isEmpty() ? dimensionTypes : Codec.names(data.codec(), DIMENSION_TYPE);
    }
}
