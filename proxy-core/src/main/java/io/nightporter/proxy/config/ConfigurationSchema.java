package io.nightporter.proxy.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The configuration file as JSON Schema, for editors that complete keys and mark mistakes while one types. */
public final class ConfigurationSchema {

    private ConfigurationSchema() {}

    /** The schema (draft 2020-12) as indented JSON with a final newline. */
    public static String json() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Nightporter");
        schema.put("description", "The configuration file nightporter.yml");
        schema.putAll(Keys.ROOT.schema());
        schema.put("type", "object");
        schema.put("required", List.of(FleetKeys.FLEET.name()));
        var mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        return mapper.writeValueAsString(schema) + "\n";
    }
}
