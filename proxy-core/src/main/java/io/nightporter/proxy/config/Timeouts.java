package io.nightporter.proxy.config;

import java.time.Duration;

/**
 * The block {@code proxy.timeouts}.
 *
 * @param handshake from the first byte's connection to a complete handshake, and for a ping
 * @param login from the handshake until the player is in the game
 * @param sessionServer for the answer of the session server
 * @param dns for looking up a server's name
 * @param connect for the TCP connection to a server
 * @param read silence after which a player's or a server's connection is given up
 * @param shutdown how long a stopping proxy waits for its goodbyes to be written
 */
public record Timeouts(
    Duration handshake,
    Duration login,
    Duration sessionServer,
    Duration dns,
    Duration connect,
    Duration read,
    Duration shutdown
) {}
