package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was read, found right in itself and is ready to be used; it never changes, a reload makes a
 * new one.
 *
 * @param file where it came from
 * @param admin the admin address (metrics, health)
 * @param dataDir where what must survive a restart is kept
 * @param servers by name, in the order of the file
 * @param networks by name, in the order of the file; none has the name of a server
 * @param defaultRoute the server or network for hostnames that nobody claims; null: {@link ProxySettings#unknownHost()} answers
 */
public record Configuration(
    Path file,
    ProxySettings proxy,
    WaitingRoomSettings waitingRoom,
    HostAndPort admin,
    Path dataDir,
    Map<String, ServerSettings> servers,
    Map<String, NetworkSettings> networks,
    @Nullable String defaultRoute
) {}
