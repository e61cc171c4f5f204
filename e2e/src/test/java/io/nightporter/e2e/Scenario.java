package io.nightporter.e2e;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one player does, from joining to quitting.
 *
 * @param name of the scenario, as in the table
 * @param client mineflayer (a bot with physics and a world) or plain (the protocol alone)
 * @param host the name that the player typed
 * @param port where that name leads
 * @param at who lets the player stand where
 * @param staySeconds how long the player stays; 0: quits after a chat
 * @param sessionServer where the player proves its identity; null: it does not
 */
record Scenario(
    String name,
    String client,
    String host,
    int port,
    String player,
    Place at,
    boolean status,
    int staySeconds,
    @Nullable URI sessionServer
) {
    /** Where players appear, and how often they are asked for a sign of life. */
    enum Place {
        STAND_IN(8.5, 64, 8.5, 3),
        DEMO_WORLD(0.5, 65, 0.5, 10),
        /** Somewhere else each time. */
        FLYING_SQUID(Double.NaN, Double.NaN, Double.NaN, 4);

        private final double x;
        private final double y;
        private final double z;
        private final int keepAliveSeconds;

        Place(double x, double y, double z, int keepAliveSeconds) {
            this.x = x;
            this.y = y;
            this.z = z;
            this.keepAliveSeconds = keepAliveSeconds;
        }

        private Map<String, Double> spawn() {
            return Map.of("x", x, "y", y, "z", z);
        }
    }

    static Scenario plain(String name, String host, int port, String player) {
        return new Scenario(name, "plain", host, port, player, Place.STAND_IN, false, 0, null);
    }

    Scenario withClient(String kind) {
        return new Scenario(name, kind, host, port, player, at, status, staySeconds, sessionServer);
    }

    Scenario authenticatedBy(URI server) {
        return new Scenario(name, client, host, port, player, at, status, staySeconds, server);
    }

    /** Asks for the status before joining and stays this long. */
    Scenario staying(int seconds, Place place) {
        return new Scenario(name, client, host, port, player, place, true, seconds, sessionServer);
    }

    Scenario at(Place place) {
        return new Scenario(name, client, host, port, player, place, status, staySeconds, sessionServer);
    }

    /** As client.mjs reads it. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", name);
        settings.put("client", client);
        settings.put("host", host);
        settings.put("port", port);
        settings.put("player", player);
        if (!Double.isNaN(at.x)) {
            settings.put("spawn", at.spawn());
        }
        settings.put("keepAliveSeconds", at.keepAliveSeconds);
        settings.put("status", status);
        settings.put("staySeconds", staySeconds);
        if (sessionServer != null) {
            settings.put("sessionServer", sessionServer.toString());
        }
        return settings;
    }
}
