package io.nightporter.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How what commands find is written. */
public enum Format {
    /** For people; lines with tabs in a pipe. */
    table,
    /** The API's own answer. */
    json,
    /** The same as YAML. */
    yaml;

    /** Ends with a line break. */
    public static String asJson(JsonNode tree) {
        return (
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(tree) +
            System.lineSeparator()
        );
    }

    /** In blocks, as people write it; ends with a line break. */
    public static String asYaml(JsonNode tree) {
        var settings = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(1000)
            .setDumpComments(false)
            .build();
        return new Dump(settings).dumpToString(plain(tree));
    }

    private static @Nullable Object plain(JsonNode tree) {
        return switch (tree.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                tree.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                tree.forEach(item -> list.add(plain(item)));
                yield list;
            }
            case BOOLEAN -> tree.asBoolean();
            case NUMBER -> tree.numberValue();
            case NULL, MISSING -> null;
            default -> tree.asString();
        };
    }
}
