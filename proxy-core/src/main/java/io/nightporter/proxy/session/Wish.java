package io.nightporter.proxy.session;

import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.waitingroom.Reason;

/**
 * Where a player wants to be, and is not yet.
 *
 * @param reason why the player waits
 * @param since {@link System#nanoTime}
 * @param lost the server that the player would be on if it were there, for whose sake they go to a lobby; empty otherwise
 */
record Wish(ServerSettings server, Reason reason, long since, String lost) {
    Wish because(Reason other) {
        return new Wish(server, other, since, lost);
    }
}
