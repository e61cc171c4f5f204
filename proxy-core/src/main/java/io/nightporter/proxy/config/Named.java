package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping whose keys are names that the operator chooses, each with a block of the same kind behind it. */
record Named(Block block, Names names) implements ValueType<Map<String, Section>> {
    /** What names can look like. */
    enum Names {
        ANY("[A-Za-z0-9_-]{1,64}", "a name is made of letters, digits, - and _ (64 at most)"),
        /** Containers and folders are called by them. */
        OF_SERVERS(
            "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}",
            "the name of a server is made of letters, digits, -, _ and . (63 at most), and begins with a " +
                "letter or digit"
        );

        private final String form;
        private final String sentence;

        Names(String form, String sentence) {
            this.form = form;
            this.sentence = sentence;
        }

        /** What to say of a name that does not fit. */
        String sentence() {
            return sentence;
        }

        boolean fit(String name) {
            return name.matches(form);
        }
    }

    static Named of(Block block) {
        return new Named(block, Names.ANY);
    }

    static Named servers(Block block) {
        return new Named(block, Names.OF_SERVERS);
    }

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
            if (!names.fit(entry.key())) {
                here.error(entry.line(), names.sentence());
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
        schema.put("propertyNames", Map.of("pattern", "^" + names.form + "$"));
        schema.put("additionalProperties", block.schema());
        return schema;
    }

    @Override
    public String explanation() {
        return "names, each with a block";
    }
}
