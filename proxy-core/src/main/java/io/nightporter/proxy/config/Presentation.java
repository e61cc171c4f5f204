package io.nightporter.proxy.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server list shows.
 *
 * @param motd MiniMessage; null: the next one asked decides (server → proxy → built in)
 * @param favicon a PNG of 64 × 64 pixels as {@code data:image/png;base64,…}; null: none of its own
 * @param sample lines shown when the pointer rests on the player count, MiniMessage; empty: none of its own
 * @param maxPlayers the number shown; null: what the server says
 */
public record Presentation(
    @Nullable String motd,
    @Nullable String favicon,
    List<String> sample,
    @Nullable Integer maxPlayers
) {
    public static final Presentation NOTHING = new Presentation(null, null, List.of(), null);

    /** What this says, and where it says nothing, what the other one says. */
    public Presentation or(Presentation other) {
        return new Presentation(
            motd == null ? other.motd : motd,
            favicon == null ? other.favicon : favicon,
            sample.isEmpty() ? other.sample : sample,
            maxPlayers == null ? other.maxPlayers : maxPlayers
        );
    }
}
