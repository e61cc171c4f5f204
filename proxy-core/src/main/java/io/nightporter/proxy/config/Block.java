package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mapping with a fixed set of keys.
 *
 * @param keys in the order in which they are documented
 * @param shorthand the key that is meant when a plain value stands in the place of the mapping; null: none may
 */
record Block(List<Key<?>> keys, @Nullable Key<?> shorthand) implements ValueType<Section> {
    static Block of(Key<?>... keys) {
        return new Block(List.of(keys), null);
    }

    Block orPlain(Key<?> key) {
        return new Block(keys, key);
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
            case Node.Sequence list when shorthand != null && Values.takesLists(shorthand.type()) -> new Section(
                place,
                Map.of(shorthand.name(), new Node.Entry(node.line(), shorthand.name(), list)),
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
        return new Section(place, Collections.unmodifiableMap(entries), false);
    }

    private String unknown(String written, String path) {
        String near = Spelling.closest(written, keys.stream().map(Key::name).toList());
        if (near != null) {
            return "unknown key; did you mean " + near + "?";
        }
        List<String> elsewhere = new ArrayList<>();
        Keys.ROOT.collect(written, "", elsewhere);
        elsewhere.remove(path);
        return elsewhere.isEmpty()
            ? "unknown key; the keys here are " + names()
            : "unknown key here; did you mean " + String.join(" or ", elsewhere) + "?";
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
