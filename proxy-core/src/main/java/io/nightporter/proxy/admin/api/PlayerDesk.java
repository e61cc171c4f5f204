package io.nightporter.proxy.admin.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Who plays, and what can be done with them. Nothing here blocks. */
public interface PlayerDesk {
    /**
     * Somebody who is here.
     *
     * @param version the releases that speak the player's protocol, such as {@code 1.20.5-1.20.6}
     * @param protocol its number
     * @param address where the player comes from, without the port
     * @param waiting in the waiting room or on the way, not on the server yet
     * @param server that the player is on, or waits for
     * @param since when the player came
     */
    record OnlinePlayer(
        UUID id,
        String name,
        String version,
        int protocol,
        String address,
        boolean waiting,
        String server,
        Instant since
    ) {}

    /** What came of it. */
    sealed interface Answer {
        /** It was done, or is being done. */
        record Done(String message) implements Answer {}

        /** It cannot be done, as things are. */
        record Refused(String message) implements Answer {}

        /** The player is not here any more. */
        record Gone() implements Answer {}
    }

    List<OnlinePlayer> list();

    /** Takes a player to another server, as if they had asked for it. */
    CompletableFuture<Answer> send(UUID player, String server);

    /** @param miniMessage what the player reads */
    CompletableFuture<Answer> kick(UUID player, String miniMessage);

    /** @param miniMessage a line in the player's chat */
    CompletableFuture<Answer> message(UUID player, String miniMessage);
}
