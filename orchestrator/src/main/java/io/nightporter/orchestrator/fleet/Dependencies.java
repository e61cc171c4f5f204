package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which server needs which. Safe for all threads. */
final class Dependencies {

    private final Map<String, List<String>> needs = new ConcurrentHashMap<>();
    private final Function<String, @Nullable ServerView> view;

    /** @param view of a server at this moment; null for one that is not there */
    Dependencies(Function<String, @Nullable ServerView> view) {
        this.view = view;
    }

    void put(ServerDefinition server) {
        if (server.wake().needs().isEmpty()) {
            needs.remove(server.name());
        } else {
            needs.put(server.name(), server.wake().needs());
        }
    }

    void remove(String server) {
        needs.remove(server);
    }

    /** Whether a server that is awake or on its way there needs this one. */
    boolean needed(String server) {
        return needs
            .entrySet()
            .stream()
            .filter(entry -> entry.getValue().contains(server))
            .map(entry -> view.apply(entry.getKey()))
            .anyMatch(
                other ->
                    other != null &&
                    switch (other.phase()) {
                        case STARTING, AWAKE, MOVING -> true;
                        // Its last words may need the other one still.
                        case STOPPING -> true;
                        case ASLEEP, PAUSED, FAILED -> false;
                    }
            );
    }

    /** Those that this one needs, and those that need it. */
    Set<String> neighbours(String server) {
        Set<String> neighbours = new TreeSet<>(needs.getOrDefault(server, List.of()));
        needs.forEach((name, its) -> {
            if (its.contains(server)) {
                neighbours.add(name);
            }
        });
        return neighbours;
    }

    /**
     * Whether servers would wait for each other forever if this one were defined like that.
     *
     * @return a sentence that names them; null: they would not
     */
    @Nullable
    String circle(ServerDefinition server) {
        List<String> path = path(server.wake().needs(), server.name(), new TreeSet<>());
        if (path == null) {
            return null;
        }
        return (
            "Servers would wait for each other forever: " +
            server.name() +
            " needs " +
            String.join(", which needs ", path) +
            ". Take one of them out of needs."
        );
    }

    private @Nullable List<String> path(List<String> from, String to, Set<String> visited) {
        for (String next : from) {
            if (next.equals(to)) {
                return new ArrayList<>(List.of(next));
            }
            if (visited.add(next)) {
                List<String> rest = path(needs.getOrDefault(next, List.of()), to, visited);
                if (rest != null) {
                    rest.addFirst(next);
                    return rest;
                }
            }
        }
        return null;
    }
}
