package io.nightporter.proxy.auth;

import io.nightporter.protocol.packet.ProfileProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a profile from the JSON of the session server: {@code {"id":"<32 hex>","name":…,"properties":[{"name":…,
 * "value":…,"signature":…}]}}. Further keys are ignored; everything that is used is checked against the limits of the
 * packets that will carry it.
 */
final class ProfileReader {

    private static final int MAX_PROPERTIES = 16;
    private static final int MAX_PROPERTY_NAME = 64;
    private static final int MAX_PROPERTY_VALUE = 32_767;
    private static final int MAX_SIGNATURE = 1024;
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");

    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    private ProfileReader() {}

    /** The profile, or nothing when this is not one. */
    static Optional<GameProfile> read(byte[] json) {
        try {
            return profile(JSON.readTree(json));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static Optional<GameProfile> profile(JsonNode node) {
        String id = text(node, "id", 32);
        String name = text(node, "name", PlayerNames.MAX_LENGTH);
        if (id == null || !ID.matcher(id).matches() || name == null || !PlayerNames.validOnline(name)) {
            return Optional.empty();
        }
        JsonNode array = node.get("properties");
        if (array == null || array.isNull()) {
            return Optional.of(new GameProfile(undashed(id), name, List.of()));
        }
        return properties(array).map(properties -> new GameProfile(undashed(id), name, properties));
    }

    private static Optional<List<ProfileProperty>> properties(JsonNode array) {
        if (!array.isArray() || array.size() > MAX_PROPERTIES) {
            return Optional.empty();
        }
        List<ProfileProperty> properties = new ArrayList<>(array.size());
        for (JsonNode node : array) {
            String name = text(node, "name", MAX_PROPERTY_NAME);
            String value = text(node, "value", MAX_PROPERTY_VALUE);
            String signature = text(node, "signature", MAX_SIGNATURE);
            if (name == null || value == null || (signature == null && node.hasNonNull("signature"))) {
                return Optional.empty();
            }
            properties.add(new ProfileProperty(name, value, Optional.ofNullable(signature)));
        }
        return Optional.of(List.copyOf(properties));
    }

    private static @Nullable String text(JsonNode object, String key, int maxLength) {
        JsonNode value = object.get(key);
        if (value == null || !value.isString() || value.stringValue().length() > maxLength) {
            return null;
        }
        return value.stringValue();
    }

    private static UUID undashed(String hex) {
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }
}
