package io.nightporter.proxy.config;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code fleet.networks}: several servers under one hostname.
 *
 * @param hosts exact hostnames, {@code *.suffix} or {@code *}, all lower case
 * @param lobbies where players come in, one at least, in the order of the file
 * @param servers where they can go from there, in the order of the file
 * @param presentation what the server list shows instead of what the lobby shows
 */
public record NetworkSettings(
    String name,
    List<String> hosts,
    List<ServerSettings> lobbies,
    List<ServerSettings> servers,
    Fallback fallback,
    Presentation presentation
) {
    /** What becomes of players whose server goes away. */
    public enum Fallback {
        /** They go to a lobby; where there is none, they wait. */
        LOBBY,
        /** They wait for their server. */
        WAIT,
    }

    /** All servers of the network, each once, the lobbies first. */
    public List<ServerSettings> members() {
        return Stream.concat(lobbies.stream(), servers.stream()).distinct().toList();
    }

    /** The server of that name, whatever the case of its letters. */
    public @Nullable ServerSettings member(String name) {
        for (ServerSettings server : members()) {
            if (server.name().equalsIgnoreCase(name)) {
                return server;
            }
        }
        return null;
    }

    /** Whether players come in there. */
    public boolean isLobby(ServerSettings server) {
        return lobbies.stream().anyMatch(lobby -> lobby.name().equals(server.name()));
    }
}
