package io.nightporter.orchestrator.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * Who may wake a server by joining it, and what else must be awake for it.
 *
 * @param needs servers that are woken first, and kept awake as long as this one is
 */
public record WakeRules(Who who, List<String> needs) {
    public static final WakeRules DEFAULT = new WakeRules(new Everyone(), List.of());

    public WakeRules {
        needs = List.copyOf(needs);
    }

    /** Of the players who were authenticated. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "who")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Everyone.class, name = "everyone"),
        @JsonSubTypes.Type(value = Whitelist.class, name = "whitelist"),
        @JsonSubTypes.Type(value = Owners.class, name = "owners"),
        @JsonSubTypes.Type(value = Only.class, name = "only"),
    })
    public sealed interface Who {}

    public record Everyone() implements Who {}

    /** Who is on the server's own {@code whitelist.json}. */
    public record Whitelist() implements Who {}

    public record Owners() implements Who {}

    /** @param players names or UUIDs */
    public record Only(List<String> players) implements Who {
        public Only {
            players = List.copyOf(players);
        }
    }
}
