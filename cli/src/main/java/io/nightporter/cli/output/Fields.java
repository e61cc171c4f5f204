package io.nightporter.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the API's answers. What is absent, null or of another kind reads as nothing. */
public final class Fields {

    private Fields() {}

    /** A text, or a number or boolean as text; empty if there is none. */
    public static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString("") : "";
    }

    public static @Nullable Double number(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isNumber() ? value.asDouble() : null;
    }

    public static boolean truth(JsonNode object, String field) {
        return object.path(field).asBoolean(false);
    }

    public static List<String> texts(JsonNode object, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : object.path(field)) {
            texts.add(item.asString(""));
        }
        return texts;
    }

    /** All of them in one cell. */
    public static String joined(JsonNode object, String field) {
        return String.join(", ", texts(object, field));
    }

    /** An amount of bytes as people read it. */
    public static String bytes(JsonNode object, String field) {
        Double bytes = number(object, field);
        return bytes == null ? "" : Amounts.bytes(bytes);
    }
}
