package io.nightporter.e2e;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The stand-in servers of src/node/backend.mjs: several listeners in one child process. */
final class Backends implements AutoCloseable {

    private final Child child;
    private final Map<String, Integer> ports;

    private Backends(Child child, Map<String, Integer> ports) {
        this.child = child;
        this.ports = ports;
    }

    /** @param listeners name → options; see backend.mjs */
    static Backends start(Map<String, Map<String, Object>> listeners) {
        return start(listeners, List.of());
    }

    /** @param warmVersions for which the servers are quick from the first player on; see backend.mjs */
    static Backends start(Map<String, Map<String, Object>> listeners, List<String> warmVersions) {
        return startIn(List.of(), listeners, warmVersions);
    }

    /** @param entrance into the network where they listen; see {@link NetworkNamespace} */
    static Backends startIn(
        List<String> entrance,
        Map<String, Map<String, Object>> listeners,
        List<String> warmVersions
    ) {
        List<Map<String, Object>> settings = listeners
            .entrySet()
            .stream()
            .map(entry -> {
                Map<String, Object> options = new LinkedHashMap<>(entry.getValue());
                options.put("name", entry.getKey());
                return options;
            })
            .toList();
        var child = Child.node(
            "backends",
            entrance,
            "backend.mjs",
            Map.of("listeners", settings, "warmVersions", warmVersions)
        );
        Map<String, Integer> ports = new HashMap<>();
        for (String name : listeners.keySet()) {
            JsonNode ready = child.awaitEvent(
                "ready",
                event -> event.path("listener").asString("").equals(name),
                Duration.ofSeconds(60)
            );
            ports.put(name, ready.path("port").asInt());
        }
        return new Backends(child, ports);
    }

    int port(String listener) {
        Integer port = ports.get(listener);
        if (port == null) {
            throw new IllegalArgumentException("no listener " + listener);
        }
        return port;
    }

    /** What a listener said of a player, as soon as it has. */
    JsonNode await(String event, String listener, String player) {
        return await(event, listener, json -> json.path("player").asString("").equals(player));
    }

    JsonNode await(String event, String listener, Predicate<JsonNode> fits) {
        return child.awaitEvent(
            event,
            json -> json.path("listener").asString("").equals(listener) && fits.test(json),
            Duration.ofSeconds(20)
        );
    }

    Child child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
