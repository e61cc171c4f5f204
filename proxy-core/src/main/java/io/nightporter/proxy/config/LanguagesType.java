package io.nightporter.proxy.config;

import io.nightporter.proxy.text.Phrasebook;
import io.nightporter.proxy.yaml.Node;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Languages, each with the file of its phrases. */
record LanguagesType() implements ValueType<Map<String, Path>> {
    private static final String LANGUAGE = "[A-Za-z]{2,8}([_-][A-Za-z0-9]{2,8})?";

    @Override
    public @Nullable Map<String, Path> read(Node node, Place place) {
        if (node instanceof Node.Scalar scalar && scalar.isNothing()) {
            return Map.of();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            place.error(node.line(), "must be a block of languages, such as { fr: messages.fr.yml }");
            return null;
        }
        Map<String, Path> files = new LinkedHashMap<>();
        for (Node.Entry entry : place.entries(mapping).values()) {
            Place here = place.at(entry);
            if (!entry.key().matches(LANGUAGE)) {
                here.error(entry.line(), "is not a language; write one such as de, or de_at");
                continue;
            }
            Path file = Values.FILE.read(entry.value(), here);
            if (file != null && files.putIfAbsent(Phrasebook.language(entry.key()), file) != null) {
                here.error(entry.line(), "this language stands here twice");
            }
        }
        return files;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("object", "null"));
        schema.put("propertyNames", Map.of("pattern", "^" + LANGUAGE + "$"));
        schema.put("additionalProperties", Values.FILE.schema());
        return schema;
    }

    @Override
    public String explanation() {
        return "languages such as `fr` or `de_at`, each with a file";
    }
}
