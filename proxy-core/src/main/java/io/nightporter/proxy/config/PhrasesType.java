package io.nightporter.proxy.config;

import io.nightporter.proxy.text.Phrase;
import io.nightporter.proxy.text.Template;
import io.nightporter.proxy.yaml.Node;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Phrases with the words for them: the content of a language file, and of {@code waitingRoom.texts}. */
record PhrasesType() implements ValueType<Map<Phrase, Template>> {
    private static final List<String> KEYS = Arrays.stream(Phrase.values()).map(Phrase::key).toList();

    @Override
    public @Nullable Map<Phrase, Template> read(Node node, Place place) {
        if (node instanceof Node.Scalar scalar && scalar.isNothing()) {
            return Map.of();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            place.error(node.line(), "must be a block of phrases, each with the words for it behind it");
            return null;
        }
        Map<Phrase, Template> templates = new LinkedHashMap<>();
        for (Node.Entry entry : place.entries(mapping).values()) {
            Phrase phrase = Phrase.ofKey(entry.key());
            if (phrase == null) {
                String near = Spelling.closest(entry.key(), KEYS);
                String hint = near == null ? "docs/configuration.md lists all of them" : "did you mean " + near + "?";
                place.at(entry).error(entry.line(), "unknown phrase; " + hint);
                continue;
            }
            String words = Values.TEXT.read(entry.value(), place.at(entry));
            if (words != null) {
                try {
                    templates.put(phrase, Template.of(phrase, words));
                } catch (IllegalArgumentException e) {
                    place.at(entry).error(entry.value().line(), String.valueOf(e.getMessage()));
                }
            }
        }
        return Map.copyOf(templates);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("object", "null"));
        schema.put("propertyNames", Map.of("enum", KEYS));
        schema.put("additionalProperties", Values.TEXT.schema());
        return schema;
    }

    @Override
    public String explanation() {
        return "phrases, each with [MiniMessage](https://docs.advntr.dev/minimessage/format.html)";
    }
}
