package io.nightporter.proxy.text;

import java.util.Locale;

/** What stands for a value in the template of a phrase: {@code <server>}. */
public enum Placeholder {
    SERVER("the name of the server"),
    LOBBY("the name of the lobby"),
    HOST("the hostname that the player typed"),
    VERSIONS("the game versions that are let in"),
    SECONDS("a number of seconds"),
    POSITION("the place in the queue, from 1"),
    PLAYERS("how many players are there"),
    STATE("what the server is doing: one of the phrases whose names end in State"),
    REASON("why, in the words of the server or of another phrase");

    private final String meaning;

    Placeholder(String meaning) {
        this.meaning = meaning;
    }

    /** As it stands between the angle brackets. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For the documentation. */
    public String meaning() {
        return meaning;
    }

    /** Whether the value is a number, which lets a template differ between one and several. */
    public boolean counts() {
        return this == SECONDS || this == POSITION || this == PLAYERS;
    }
}
