package io.nightporter.cli.client;

import tools.jackson.databind.JsonNode;

/**
 * What is sent along.
 *
 * @param type its media type
 */
public record ApiBody(String type, String text) {
    public static ApiBody json(JsonNode tree) {
        return new ApiBody("application/json", tree.toString());
    }

    /** Changes to make to what is there, as RFC 7396 has it. */
    public static ApiBody mergePatch(JsonNode tree) {
        return new ApiBody("application/merge-patch+json", tree.toString());
    }

    public static ApiBody yaml(String text) {
        return new ApiBody("application/yaml", text);
    }
}
