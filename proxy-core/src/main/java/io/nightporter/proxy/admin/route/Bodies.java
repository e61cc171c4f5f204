package io.nightporter.proxy.admin.route;

import io.nightporter.proxy.config.Spelling;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** JSON as it comes from outside, with limits, and as it goes out. */
public final class Bodies {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 40;

    private static final JsonMapper MAPPER = JsonMapper.builder(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER).build()
            )
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
    )
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .withCoercionConfig(LogicalType.Textual, config -> {
            config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
            config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
            config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        })
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .build();

    private Bodies() {}

    /** As it is sent. */
    public static String write(Object body) {
        return MAPPER.writeValueAsString(body);
    }

    /** A record as a tree. */
    public static JsonNode tree(Object body) {
        return MAPPER.valueToTree(body);
    }

    /** Any JSON. */
    public static JsonNode read(String text) throws ApiException {
        try {
            JsonNode read = MAPPER.readTree(text);
            if (read == null || read.isMissingNode()) {
                throw ApiException.badRequest("The body is empty; send JSON.");
            }
            return read;
        } catch (JacksonException e) {
            throw ApiException.badRequest("The body is not JSON as it should be" + place(e) + ": " + reason(e));
        }
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null || location.getLineNr() < 1
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String reason(JacksonException e) {
        String first = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        return first.length() > 200 ? first.substring(0, 200) + "…" : first;
    }

    /** A record. Keys that it does not have are refused; those that are not there are null. */
    static Object read(String text, Class<?> type) throws ApiException {
        JsonNode read = read(text);
        if (!read.isObject()) {
            throw ApiException.badRequest("The body has to be a JSON object, {…}.");
        }
        List<String> known = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
        for (String key : read.propertyNames()) {
            if (!known.contains(key)) {
                throw ApiException.badRequest(unknownKey(key, known));
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode value = read.get(component.getName());
            if ((value == null || value.isNull()) && !Schemas.isNullable(component)) {
                throw ApiException.badRequest("The key " + component.getName() + " is missing.");
            }
            Doc doc = component.getAnnotation(Doc.class);
            if (doc != null && value != null && value.isString() && !among(doc.words(), value.stringValue())) {
                throw ApiException.badRequest(
                    component.getName() + " is one of " + String.join(", ", doc.words()) + "."
                );
            }
        }
        try {
            return MAPPER.treeToValue(read, type);
        } catch (DatabindException e) {
            throw ApiException.badRequest(wrongKind(e, type));
        } catch (JacksonException e) {
            throw ApiException.badRequest("The body cannot be read: " + reason(e));
        }
    }

    private static boolean among(String[] words, @Nullable String value) {
        return words.length == 0 || Arrays.asList(words).contains(value);
    }

    private static String wrongKind(DatabindException e, Class<?> type) {
        if (!e.getPath().isEmpty() && e.getPath().getFirst().getPropertyName() != null) {
            String key = e.getPath().getFirst().getPropertyName();
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.getName().equals(key)) {
                    return "The key " + key + " has to be a " + kind(component.getType()) + ".";
                }
            }
        }
        return "The body cannot be read: " + reason(e);
    }

    private static String kind(Class<?> type) {
        String name = type.getSimpleName().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "string" -> "text";
            case "boolean" -> "boolean, true or false";
            default -> "number";
        };
    }

    /** @param known the keys that there are */
    public static String unknownKey(String key, List<String> known) {
        return "There is no key " + Names.quoted(key) + " here: " + Spelling.hint(key, "keys", known);
    }
}
