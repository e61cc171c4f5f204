package io.nightporter.orchestrator.model;

import org.jspecify.annotations.Nullable;

/**
 * Why something was begun.
 *
 * @param who a player's UUID, a token's name or the server that needs this one; null where nobody is behind it
 * @param name the same for people: a player's name; null where there is none
 */
public record Cause(Kind kind, @Nullable String who, @Nullable String name) {
    /** What was behind it. */
    public enum Kind {
        /** A player came. */
        PLAYER,
        /** The API, the command line or an admin in the game. */
        ORDER,
        /** An awake window began. */
        SCHEDULE,
        /** Another server needs it. */
        DEPENDENCY,
        /** It is always awake by its plan. */
        PLAN,
        /** It ended without having been asked to, and players were on it. */
        CRASH,
        /** Nobody plays. */
        IDLE,
        /** Records were made to agree with what runs. */
        RECONCILIATION,
    }

    public Cause(Kind kind) {
        this(kind, null, null);
    }

    /** An order of whoever has this name. */
    public static Cause order(String who) {
        return new Cause(Kind.ORDER, who, who);
    }

    /** A player's join. */
    public static Cause player(String id, String name) {
        return new Cause(Kind.PLAYER, id, name);
    }
}
