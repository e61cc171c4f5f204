package io.nightporter.proxy.routing;

import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ServerSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the server for a hostname. Immutable: a reload of the configuration makes a new one. */
public final class Router {

    private final Map<String, ServerSettings> exact = new HashMap<>();

    /** By what follows the asterisk and its dot in {@code *.suffix}. */
    private final Map<String, ServerSettings> bySuffix = new HashMap<>();

    /** The server that claims {@code *}, else the default route. */
    private final @Nullable ServerSettings rest;

    /** Where two servers claim one name, the first in the file has it; the configuration's loader complains before. */
    public Router(Configuration configuration) {
        ServerSettings everything = null;
        for (ServerSettings server : configuration.servers().values()) {
            for (String host : server.hosts()) {
                if (host.equals("*")) {
                    everything = everything == null ? server : everything;
                } else if (host.startsWith("*.")) {
                    bySuffix.putIfAbsent(VirtualHost.clean(host.substring(2)), server);
                } else {
                    exact.putIfAbsent(VirtualHost.clean(host), server);
                }
            }
        }
        String byDefault = configuration.defaultRoute();
        if (everything == null && byDefault != null) {
            everything = configuration.servers().get(byDefault);
        }
        this.rest = everything;
    }

    /**
     * The exact name decides, then the longest {@code *.suffix}, then {@code *}, then the default route.
     *
     * @param handshakeAddress as the client sent it, with all that clients and proxies append to it
     */
    public Route route(String handshakeAddress) {
        VirtualHost host = VirtualHost.parse(handshakeAddress);
        ServerSettings server = find(host.name());
        return server == null ? new Route.Unknown(host) : new Route.ToServer(server, host);
    }

    private @Nullable ServerSettings find(String name) {
        ServerSettings server = exact.get(name);
        if (server != null) {
            return server;
        }
        if (!bySuffix.isEmpty()) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                server = bySuffix.get(name.substring(dot + 1));
                if (server != null) {
                    return server;
                }
            }
        }
        return rest;
    }
}
