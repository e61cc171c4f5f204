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
 * @param servers by name
 * @param defaultRoute the server for hostnames that nobody claims; null: {@link ProxySettings#unknownHost()} answers
 */
public record Configuration(
    Path file,
    ProxySettings proxy,
    HostAndPort admin,
    Path dataDir,
    Map<String, ServerSettings> servers,
    @Nullable String defaultRoute
) {}
