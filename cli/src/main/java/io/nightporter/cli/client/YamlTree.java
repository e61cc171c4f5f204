package io.nightporter.cli.client;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads YAML, and with it JSON, as a tree of JSON. */
public final class YamlTree {

    private YamlTree() {}

    /**
     * @param origin what is read, for the message
     * @throws IllegalArgumentException when it is none; the message says where
     */
    public static JsonNode read(String text, String origin) {
        try {
            return JsonMapper.shared().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
        } catch (MarkedYamlEngineException e) {
            String where = e
                .getProblemMark()
                .map(mark -> ":" + (mark.getLine() + 1))
                .orElse("");
            throw new IllegalArgumentException(origin + where + ": this is not YAML, " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(origin + ": this is not YAML, " + e.getMessage());
        }
    }

    /**
     * The same of a text that must consist of keys and values.
     *
     * @throws IllegalArgumentException when it does not
     */
    public static ObjectNode readObject(String text, String origin) {
        JsonNode tree = read(text, origin);
        if (tree instanceof ObjectNode object) {
            return object;
        }
        if (tree.isNull() || tree.isMissingNode()) {
            return JsonMapper.shared().valueToTree(Map.of());
        }
        throw new IllegalArgumentException(origin + ": must consist of keys and values, such as `memory: 4GiB`");
    }
}
