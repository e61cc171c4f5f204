package io.nightporter.orchestrator.store;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON, for columns that nobody searches. What an older or newer version did not write is left out. */
final class Json {

    static final TypeReference<List<String>> LINES = new TypeReference<>() {};
    static final TypeReference<Map<String, String>> DATA = new TypeReference<>() {};

    private static final JsonMapper MAPPER = JsonMapper.builder()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private static StoreException unreadable(JacksonException e) {
        return new StoreException(
            "A record in the database cannot be read: " +
                e.getOriginalMessage() +
                ". Was it written by a newer version of Nightporter? Run that one, or restore a backup.",
            e
        );
    }
}
