package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An entry of the configuration as JSON that reads as the same entry. */
final class WrittenEntry {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private WrittenEntry() {}

    static String json(Section section) {
        return MAPPER.writeValueAsString(object(section.entries()));
    }

    private static ObjectNode object(Map<String, Node.Entry> entries) {
        ObjectNode object = JSON.objectNode();
        entries.forEach((key, entry) -> object.set(key, value(entry.value())));
        return object;
    }

    private static JsonNode value(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar(scalar);
            case Node.Sequence sequence -> {
                ArrayNode array = JSON.arrayNode();
                sequence.items().forEach(item -> array.add(value(item)));
                yield array;
            }
            case Node.Mapping mapping -> {
                ObjectNode object = JSON.objectNode();
                mapping.entries().forEach(entry -> object.set(entry.key(), value(entry.value())));
                yield object;
            }
        };
    }

    /** A number only where it is written the one way in which JSON has it: 1.20 is a version, and not 1.2. */
    private static JsonNode scalar(Node.Scalar scalar) {
        String text = scalar.text();
        if (scalar.isNothing()) {
            return JSON.nullNode();
        }
        if (scalar.plain() && (text.equals("true") || text.equals("false"))) {
            return JSON.booleanNode(text.equals("true"));
        }
        if (scalar.plain() && text.matches("0|-?[1-9]\\d{0,17}")) {
            return JSON.numberNode(Long.parseLong(text));
        }
        return JSON.stringNode(text);
    }
}
