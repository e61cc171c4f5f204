package io.nightporter.orchestrator.model;

/**
 * How to reach a server's console over the network.
 *
 * @param port as the server itself knows it
 * @param passwordFile a file with the password in its first line
 */
public record Rcon(int port, String passwordFile) {
    public static final int DEFAULT_PORT = 25_575;
}
