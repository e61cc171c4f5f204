package io.nightporter.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The way of one player from server to server: steps for walker.mjs, made one after the other. */
final class Walk {

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<List<Object>> script = new ArrayList<>();

    /**
     * @param client mineflayer or plain
     * @param furnished the servers that put their name on everything
     */
    Walk(String version, String client, String host, int port, String player, List<String> furnished) {
        settings.put("version", version);
        settings.put("client", client);
        settings.put("host", host);
        settings.put("port", port);
        settings.put("player", player);
        settings.put("furnished", furnished);
        settings.put("script", script);
        step("connect");
    }

    Walk step(String name, Object... parameters) {
        List<Object> step = new ArrayList<>();
        step.add(name);
        step.addAll(Arrays.asList(parameters));
        script.add(step);
        return this;
    }

    Walk says(String line) {
        return step("say", line);
    }

    Walk hears(Object... words) {
        return step("hear", words);
    }

    Walk arrives(String server) {
        return step("arrive", server);
    }

    /** Begins the walks, all at once. */
    static Child begin(String name, List<Walk> walks) {
        return Child.node(
            name,
            "walker.mjs",
            Map.of(
                "players",
                walks
                    .stream()
                    .map(walk -> walk.settings)
                    .toList()
            )
        );
    }

    /** The steps of players who have all come to the end of their walks; fails when one did not. */
    static List<JsonNode> end(Child walkers, Duration limit) {
        walkers.awaitEnd(limit);
        List<JsonNode> steps = walkers.events("step");
        List<String> failures = steps
            .stream()
            .filter(step -> !step.path("ok").asBoolean())
            .map(JsonNode::toString)
            .toList();
        if (!failures.isEmpty() || steps.isEmpty()) {
            throw new AssertionError("walks that went wrong:\n" + String.join("\n", failures) + "\n" + walkers.tail());
        }
        return steps;
    }

    /** Makes the walks, all at once, to their ends. */
    static List<JsonNode> make(String name, List<Walk> walks, Duration limit) {
        try (Child walkers = begin(name, walks)) {
            return end(walkers, limit);
        }
    }
}
