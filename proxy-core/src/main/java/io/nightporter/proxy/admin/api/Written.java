package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.model.AccessToken.Scope;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.proxy.admin.access.Caller;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Bodies;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The entry of a server as it was written: JSON, to be shown and to be changed. */
final class Written {

    private static final String HIDDEN = "***";
    private static final List<String> SECRET = List.of("password", "secret", "token", "key");

    private Written() {}

    static ObjectNode of(ServerDefinition definition) {
        try {
            if (Bodies.read(definition.written()) instanceof ObjectNode written) {
                return written;
            }
        } catch (ApiException _) {
            // Then it is shown as if nobody had written anything.
        }
        return JsonMapper.shared().createObjectNode();
    }

    /** With everything; for who may only read, without what may be secret. */
    static ObjectNode shownTo(Caller caller, ServerDefinition definition) {
        ObjectNode written = of(definition);
        return caller.scope() == Scope.READ ? (ObjectNode) hidden(written, false) : written;
    }

    /** @param all whether everything in it may be secret */
    private static JsonNode hidden(JsonNode node, boolean all) {
        if (node instanceof ObjectNode object) {
            ObjectNode shown = JsonMapper.shared().createObjectNode();
            object.forEachEntry((key, value) ->
                shown.set(key, hidden(value, all || key.equals("env") || isSecret(key)))
            );
            return shown;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode shown = JsonMapper.shared().createArrayNode();
            array.forEach(element -> shown.add(hidden(element, all)));
            return shown;
        }
        return all ? JsonMapper.shared().getNodeFactory().stringNode(HIDDEN) : node;
    }

    private static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(lower::contains);
    }

    /** The entry with a patch put over it, as RFC 7396 has it: null takes away, objects are merged, the rest replaces. */
    static ObjectNode merged(ObjectNode written, ObjectNode patch) {
        ObjectNode merged = written.deepCopy();
        patch.forEachEntry((key, value) -> {
            if (value.isNull()) {
                merged.remove(key);
            } else if (value instanceof ObjectNode inner) {
                ObjectNode before =
                    merged.get(key) instanceof ObjectNode object ? object : JsonMapper.shared().createObjectNode();
                merged.set(key, merged(before, inner));
            } else {
                merged.set(key, value);
            }
        });
        return merged;
    }
}
