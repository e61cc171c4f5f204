package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mapping with a fixed set of keys.
 *
 * @param keys in the order in which they are documented
 * @param later keys that the documentation of the whole design names but this version does not have, and what they
 *     belong to; they are refused with a sentence that says so
 * @param shorthand the key that is meant when a plain value stands in the place of the mapping; null: none may
 */
record Block(List<Key<?>> keys, Map<String, String> later, @Nullable Key<?> shorthand) implements ValueType<Section> {
    static Block of(Key<?>... keys) {
        return new Block(List.of(keys), Map.of(), null);
    }

    /** These keys exist in the design and not in this version; the feature is what they belong to. */
    Block later(String feature, String... names) {
        Map<String, String> all = new TreeMap<>(later);
        for (String name : names) {
            all.put(name, feature);
        }
        return new Block(keys, Map.copyOf(all), shorthand);
    }

    Block orPlain(Key<?> key) {
        return new Block(keys, later, key);
    }

    @Override
    public @Nullable Section read(Node node, Place place) {
        return switch (node) {
            case Node.Mapping mapping -> section(mapping, place);
            case Node.Scalar scalar when shorthand != null -> new Section(
                place,
                Map.of(shorthand.name(), new Node.Entry(node.line(), shorthand.name(), scalar)),
                true
            );
            case Node.Scalar scalar when scalar.isNothing() -> new Section(place, Map.of(), false);
            default -> {
                String also = shorthand == null ? "" : " (or a plain value for " + shorthand.name() + ")";
                place.error(node.line(), "must be a block of keys" + also + "; the keys here are " + names());
                yield null;
            }
        };
    }

    private Section section(Node.Mapping mapping, Place place) {
        Map<String, Node.Entry> entries = place.entries(mapping);
        Set<String> known = keys.stream().map(Key::name).collect(Collectors.toSet());
        for (Node.Entry entry : entries.values()) {
            if (!known.contains(entry.key())) {
                place.at(entry).error(entry.line(), unknown(entry.key(), place.path()));
            }
        }
        return new Section(place, Map.copyOf(entries), false);
    }

    private String unknown(String written, String path) {
        String feature = later.get(written);
        if (feature != null) {
            return notYet(feature);
        }
        List<String> here = Stream.concat(keys.stream().map(Key::name), later.keySet().stream()).toList();
        String near = Spelling.closest(written, here);
        if (near != null) {
            String nearFeature = later.get(near);
            String but = nearFeature == null ? "" : " But that is " + notYet(nearFeature);
            return "unknown key; did you mean " + near + "?" + but;
        }
        List<String> elsewhere = new ArrayList<>();
        Keys.ROOT.collect(written, "", elsewhere);
        elsewhere.remove(path);
        return elsewhere.isEmpty()
            ? "unknown key; the keys here are " + names()
            : "unknown key here; did you mean " + String.join(" or ", elsewhere) + "?";
    }

    private static String notYet(String feature) {
        return "not available in this version (" + feature + " is still to come); remove the key";
    }

    /** The full names of all keys of that name in this block and in the blocks within. */
    private void collect(String name, String path, List<String> found) {
        for (Key<?> key : keys) {
            String full = path.isEmpty() ? key.name() : path + "." + key.name();
            if (key.name().equals(name)) {
                found.add(full);
            }
            if (key.type() instanceof Block block) {
                block.collect(name, full, found);
            } else if (key.type() instanceof Named named) {
                named.block().collect(name, full + ".<name>", found);
            }
        }
    }

    private String names() {
        return keys.stream().map(Key::name).collect(Collectors.joining(", "));
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key<?> key : keys) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("description", key.meaning());
            schema.putAll(key.type().schema());
            if (key.initial() != null) {
                schema.put("default", initial(key.initial(), schema.get("type")));
            }
            properties.put(key.name(), schema);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("object", "null"));
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        return shorthand == null ? schema : Map.of("anyOf", List.of(shorthand.type().schema(), schema));
    }

    private static Object initial(String written, @Nullable Object type) {
        if ("boolean".equals(type)) {
            return Boolean.valueOf(written);
        }
        return "integer".equals(type) ? Integer.valueOf(written) : written;
    }

    @Override
    public String explanation() {
        return shorthand == null ? "block" : shorthand.type().explanation() + ", or a block";
    }
}
