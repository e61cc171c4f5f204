package io.nightporter.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the clients of one version found. */
record ClientRun(GameVersion version, List<Check> checks, int exitCode) {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /**
     * @param name of the check: status, join, chunk …
     * @param detail what was seen, or what went wrong
     */
    record Check(String scenario, String player, String name, boolean ok, String detail) {}

    /** Plays the scenarios with clients of a version, in a process of their own; blocks until all have quit. */
    static ClientRun of(GameVersion version, List<Scenario> scenarios) {
        Map<String, Object> settings = Map.of(
            "version",
            version.name(),
            "scenarios",
            scenarios.stream().map(Scenario::settings).toList()
        );
        try (var child = Child.node("client-" + version, "client.mjs", settings)) {
            int exitCode = child.awaitEnd(LIMIT);
            List<Check> checks = new ArrayList<>();
            for (JsonNode event : child.events("check")) {
                checks.add(
                    new Check(
                        event.path("scenario").asString(""),
                        event.path("player").asString(""),
                        event.path("check").asString(""),
                        event.path("ok").asBoolean(),
                        event.path("detail").isString()
                            ? event.path("detail").asString()
                            : event.path("detail").toString()
                    )
                );
            }
            return new ClientRun(version, List.copyOf(checks), exitCode);
        }
    }

    List<Check> of(String scenario) {
        return checks
            .stream()
            .filter(check -> check.scenario().equals(scenario))
            .toList();
    }

    /** A scenario has passed when its player has quit: each check is made only after the one before. */
    boolean passed(String scenario) {
        List<Check> own = of(scenario);
        return own.stream().allMatch(Check::ok) && own.stream().anyMatch(check -> check.name().equals("quit"));
    }
}
