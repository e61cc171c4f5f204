package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping whose keys are names that the operator chooses, each with a block of the same kind behind it. */
record Named(Block block) implements ValueType<Map<String, Section>> {
    private static final String NAME = "[A-Za-z0-9_-]{1,64}";

    @Override
    public @Nullable Map<String, Section> read(Node node, Place place) {
        if (node instanceof Node.Scalar scalar && scalar.isNothing()) {
            return Map.of();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            place.error(node.line(), "must be a block of names, each with a block of keys behind it");
            return null;
        }
        Map<String, Section> sections = new LinkedHashMap<>();
        for (Node.Entry entry : place.entries(mapping).values()) {
            Place here = place.at(entry);
            if (!entry.key().matches(NAME)) {
                here.error(entry.line(), "a name is made of letters, digits, - and _ (64 at most)");
            } else {
                Section section = block.read(entry.value(), here);
                if (section != null) {
                    sections.put(entry.key(), section);
                }
            }
        }
        return sections;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("propertyNames", Map.of("pattern", "^" + NAME + "$"));
        schema.put("additionalProperties", block.schema());
        return schema;
    }

    @Override
    public String explanation() {
        return "names, each with a block";
    }
}
