package io.nightporter.proxy.admin.route;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of the records that are sent and received, each under its own name. */
final class Schemas {

    private final Map<String, ObjectNode> named = new TreeMap<>();

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    /** All that were asked for, by their names. */
    Map<String, ObjectNode> named() {
        return named;
    }

    /**
     * A reference to the schema of a record.
     *
     * @param sent whether it is an answer: then all keys are there, and null where there is nothing
     */
    ObjectNode reference(Class<?> type, boolean sent) {
        String name = type.getSimpleName().replaceFirst("Body$", "");
        if (!named.containsKey(name)) {
            // Taken before its parts are looked at, which may be of the same kind.
            ObjectNode schema = object();
            named.put(name, schema);
            schema.put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            ArrayNode required = schema.putArray("required");
            describe(type, sent, properties, required);
            schema.put("additionalProperties", false);
        }
        return object().put("$ref", "#/components/schemas/" + name);
    }

    private void describe(Class<?> type, boolean sent, ObjectNode properties, ArrayNode required) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                describe(component.getType(), sent, properties, required);
                continue;
            }
            Doc doc = component.getAnnotation(Doc.class);
            ObjectNode schema = schema(component.getAnnotatedType(), sent, doc);
            if (doc != null && !doc.value().isEmpty()) {
                schema.put("description", doc.value());
            }
            properties.set(component.getName(), schema);
            if (sent || !isNullable(component)) {
                required.add(component.getName());
            }
        }
    }

    private ObjectNode schema(AnnotatedType annotated, boolean sent, @Nullable Doc doc) {
        ObjectNode schema = plain(annotated, sent, doc);
        if (!annotated.isAnnotationPresent(Nullable.class)) {
            return schema;
        }
        if (schema.has("type") && schema.get("type").isString()) {
            String type = schema.get("type").stringValue();
            schema.putArray("type").add(type).add("null");
            if (schema.has("enum")) {
                ((ArrayNode) schema.get("enum")).addNull();
            }
            return schema;
        }
        ObjectNode either = object();
        either.putArray("anyOf").add(schema).add(object().put("type", "null"));
        return either;
    }

    private ObjectNode plain(AnnotatedType annotated, boolean sent, @Nullable Doc doc) {
        Type type = annotated.getType();
        Class<?> raw = type instanceof ParameterizedType whole ? (Class<?>) whole.getRawType() : (Class<?>) type;
        if (raw == String.class) {
            return text(doc == null ? List.of() : Arrays.asList(doc.words()));
        } else if (raw == Instant.class) {
            return object().put("type", "string").put("format", "date-time");
        } else if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
            return object().put("type", "integer");
        } else if (raw == double.class || raw == Double.class) {
            return object().put("type", "number");
        } else if (raw == boolean.class || raw == Boolean.class) {
            return object().put("type", "boolean");
        } else if (raw.isEnum()) {
            return text(Arrays.stream(raw.getEnumConstants()).map(Object::toString).toList());
        } else if (List.class.isAssignableFrom(raw)) {
            ObjectNode list = object().put("type", "array");
            list.set("items", schema(argument(annotated, 0), sent, doc));
            return list;
        } else if (Map.class.isAssignableFrom(raw)) {
            ObjectNode map = object().put("type", "object");
            map.set("additionalProperties", schema(argument(annotated, 1), sent, null));
            return map;
        } else if (JsonNode.class.isAssignableFrom(raw)) {
            return object().put("type", "object");
        } else if (raw.isRecord()) {
            return reference(raw, sent);
        }
        throw new IllegalArgumentException("no schema for " + raw);
    }

    private static ObjectNode text(List<String> words) {
        ObjectNode text = object().put("type", "string");
        if (!words.isEmpty()) {
            ArrayNode all = text.putArray("enum");
            words.forEach(all::add);
        }
        return text;
    }

    private static AnnotatedType argument(AnnotatedType annotated, int index) {
        return ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[index];
    }
}
