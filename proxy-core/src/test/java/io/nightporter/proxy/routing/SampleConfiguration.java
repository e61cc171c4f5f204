package io.nightporter.proxy.routing;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.Access;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.FleetDefinitions;
import io.nightporter.proxy.config.ForwardingSettings;
import io.nightporter.proxy.config.KickRules;
import io.nightporter.proxy.config.Limits;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.Presentation;
import io.nightporter.proxy.config.ProxySettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.config.StoreSettings;
import io.nightporter.proxy.config.Timeouts;
import io.nightporter.proxy.config.WaitingRoomSettings;
import io.nightporter.proxy.config.WakeQuota;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations for tests: what a test does not care about is filled in here. */
public final class SampleConfiguration {

    private SampleConfiguration() {}

    public static ServerAddress address(String host, int port, VersionRange versions) {
        return new ServerAddress(new HostAndPort(host, port), versions);
    }

    public static ServerSettings server(String name, List<String> hosts, ServerAddress... addresses) {
        return server(name, hosts, VersionRange.ALL, Presentation.NOTHING, addresses);
    }

    public static ServerSettings server(
        String name,
        List<String> hosts,
        VersionRange versions,
        Presentation presentation,
        ServerAddress... addresses
    ) {
        return new ServerSettings(
            name,
            hosts,
            List.of(addresses),
            versions,
            ForwardingSettings.NONE,
            false,
            false,
            Access.EVERYONE,
            KickRules.BUILT_IN,
            presentation
        );
    }

    public static Configuration configuration(@Nullable String defaultRoute, ServerSettings... servers) {
        return configuration(defaultRoute, Presentation.NOTHING, ProxySettings.UnknownHost.ANSWER, servers);
    }

    public static Configuration configuration(
        @Nullable String defaultRoute,
        Presentation presentation,
        ProxySettings.UnknownHost unknownHost,
        ServerSettings... servers
    ) {
        return configuration(defaultRoute, presentation, unknownHost, List.of(), servers);
    }

    public static NetworkSettings network(String name, List<String> hosts, ServerSettings... lobbies) {
        return new NetworkSettings(
            name,
            hosts,
            List.of(lobbies),
            List.of(),
            NetworkSettings.Fallback.LOBBY,
            Presentation.NOTHING
        );
    }

    public static Configuration configuration(
        @Nullable String defaultRoute,
        List<NetworkSettings> networks,
        ServerSettings... servers
    ) {
        var answer = ProxySettings.UnknownHost.ANSWER;
        return configuration(defaultRoute, Presentation.NOTHING, answer, networks, servers);
    }

    private static Configuration configuration(
        @Nullable String defaultRoute,
        Presentation presentation,
        ProxySettings.UnknownHost unknownHost,
        List<NetworkSettings> networks,
        ServerSettings... servers
    ) {
        Map<String, NetworkSettings> networksByName = new LinkedHashMap<>();
        networks.forEach(network -> networksByName.put(network.name(), network));
        Map<String, ServerSettings> byName = new LinkedHashMap<>();
        for (ServerSettings server : servers) {
            byName.put(server.name(), server);
        }
        Duration second = Duration.ofSeconds(1);
        ProxySettings proxy = new ProxySettings(
            List.of(),
            false,
            URI.create("http://127.0.0.1"),
            false,
            presentation,
            ForwardingSettings.NONE,
            List.of(),
            false,
            256,
            ProxySettings.DuplicateLogin.REPLACE,
            unknownHost,
            ProxySettings.UnknownVersions.AUTO,
            new Timeouts(second, second, second, second, second, second, second),
            new Limits(0, 0, 0, 0, 0, 0, List.of()),
            WakeQuota.DEFAULT,
            List.of(),
            ProxySettings.TransportChoice.AUTO
        );
        return new Configuration(
            Path.of("nightporter.yml"),
            proxy,
            new WaitingRoomSettings(Duration.ofSeconds(10), Duration.ofSeconds(25), "en", Map.of()),
            KickRules.BUILT_IN,
            new HostAndPort("127.0.0.1", 8080),
            new StoreSettings("sqlite:nightporter.db"),
            Path.of("."),
            FleetDefinitions.NONE,
            byName,
            networksByName,
            defaultRoute
        );
    }
}
