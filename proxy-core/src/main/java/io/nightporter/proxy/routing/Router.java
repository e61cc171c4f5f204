package io.nightporter.proxy.routing;

import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the server or network for a hostname. Immutable: a reload of the configuration makes a new one. */
public final class Router {

    private final Map<String, Destination> exact = new HashMap<>();

    /** By what follows the asterisk and its dot in {@code *.suffix}. */
    private final Map<String, Destination> bySuffix = new HashMap<>();

    /** Who claims {@code *}, else the default route. */
    private @Nullable Destination rest;

    private interface Destination {
        Route route(VirtualHost host);
    }

    /** Where two claim one name, the first in the file has it; the configuration's loader complains before. */
    public Router(Configuration configuration) {
        for (ServerSettings server : configuration.servers().values()) {
            claim(server.hosts(), host -> new Route.ToServer(server, host));
        }
        for (NetworkSettings network : configuration.networks().values()) {
            claim(network.hosts(), host -> new Route.ToNetwork(network, host));
        }
        String byDefault = configuration.defaultRoute();
        if (rest == null && byDefault != null) {
            ServerSettings server = configuration.servers().get(byDefault);
            NetworkSettings network = configuration.networks().get(byDefault);
            if (server != null) {
                rest = host -> new Route.ToServer(server, host);
            } else if (network != null) {
                rest = host -> new Route.ToNetwork(network, host);
            }
        }
    }

    private void claim(List<String> hosts, Destination destination) {
        for (String host : hosts) {
            if (host.equals("*")) {
                rest = rest == null ? destination : rest;
            } else if (host.startsWith("*.")) {
                bySuffix.putIfAbsent(VirtualHost.clean(host.substring(2)), destination);
            } else {
                exact.putIfAbsent(VirtualHost.clean(host), destination);
            }
        }
    }

    /**
     * The exact name decides, then the longest {@code *.suffix}, then {@code *}, then the default route.
     *
     * @param handshakeAddress as the client sent it, with all that clients and proxies append to it
     */
    public Route route(String handshakeAddress) {
        VirtualHost host = VirtualHost.parse(handshakeAddress);
        Destination destination = find(host.name());
        return destination == null ? new Route.Unknown(host) : destination.route(host);
    }

    private @Nullable Destination find(String name) {
        Destination destination = exact.get(name);
        if (destination != null) {
            return destination;
        }
        if (!bySuffix.isEmpty()) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                destination = bySuffix.get(name.substring(dot + 1));
                if (destination != null) {
                    return destination;
                }
            }
        }
        return rest;
    }
}
