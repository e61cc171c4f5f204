package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables of an environment. */
record EnvironmentType() implements ValueType<Map<String, String>> {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]{0,127}";

    @Override
    public @Nullable Map<String, String> read(Node node, Place place) {
        if (node instanceof Node.Scalar scalar && scalar.isNothing()) {
            return Map.of();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            place.error(node.line(), "must be a block of names and values, such as { EULA: \"TRUE\" }");
            return null;
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (Node.Entry entry : place.entries(mapping).values()) {
            Place here = place.at(entry);
            if (!entry.key().matches(NAME)) {
                here.error(entry.line(), "is not a name for a variable; write letters, digits and _");
                continue;
            }
            String value = Values.TEXT.read(entry.value(), here);
            if (value != null) {
                variables.put(entry.key(), value);
            }
        }
        return variables;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("object", "null"));
        schema.put("propertyNames", Map.of("pattern", "^" + NAME + "$"));
        schema.put("additionalProperties", Values.TEXT.schema());
        return schema;
    }

    @Override
    public String explanation() {
        return "names, each with a text";
    }
}
