package io.nightporter.proxy.routing;

import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;

/** Where a hostname leads. */
public sealed interface Route {
    VirtualHost host();

    /** To a server of the configuration. */
    record ToServer(ServerSettings server, VirtualHost host) implements Route {}

    /** To a network of the configuration: {@link Lobbies} says where in it. */
    record ToNetwork(NetworkSettings network, VirtualHost host) implements Route {}

    /** Nobody claims the name and there is no default. */
    record Unknown(VirtualHost host) implements Route {}
}
