package io.nightporter.proxy.config;

import io.nightporter.proxy.config.Values.Located;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code fleet.networks}. */
final class NetworkReader {

    private final HostClaims claims;
    private final Map<String, ServerSettings> servers;
    private final Map<String, Section> sections = new LinkedHashMap<>();

    /** @param servers that a network can have, by name */
    NetworkReader(HostClaims claims, Map<String, ServerSettings> servers) {
        this.claims = claims;
        this.servers = servers;
    }

    Map<String, NetworkSettings> read(Map<String, Section> written) {
        sections.putAll(written);
        Map<String, NetworkSettings> networks = new LinkedHashMap<>();
        sections.forEach((name, section) -> networks.put(name, network(name, section)));
        return Collections.unmodifiableMap(networks);
    }

    private NetworkSettings network(String name, Section network) {
        if (servers.containsKey(name)) {
            network.place().error(network.place().line(), "a server has this name already; call the network otherwise");
        }
        List<ServerSettings> lobbies = lobbies(network);
        List<Located<String>> others = network.optional(FleetKeys.NETWORK_SERVERS);
        return new NetworkSettings(
            name,
            claims.claim(network),
            lobbies,
            members(network, FleetKeys.NETWORK_SERVERS, ConfigurationReader.orEmpty(others)),
            network.value(FleetKeys.FALLBACK),
            ConfigurationReader.presentation(network)
        );
    }

    private List<ServerSettings> lobbies(Section network) {
        List<Located<String>> written = network.optional(FleetKeys.LOBBY);
        if (written == null || written.isEmpty()) {
            if (written != null || !network.has(FleetKeys.LOBBY)) {
                network.error(FleetKeys.LOBBY, "is missing; name the server, or the servers, where players come in");
            }
            return List.of();
        }
        List<ServerSettings> lobbies = members(network, FleetKeys.LOBBY, written);
        for (Located<String> one : written) {
            ServerSettings lobby = servers.get(one.value());
            if (lobby != null && !lobby.access().equals(Access.EVERYONE)) {
                error(
                    one,
                    network,
                    FleetKeys.LOBBY,
                    one.value() + " has access for some players only; a lobby takes everyone"
                );
            }
        }
        return lobbies;
    }

    /** The servers of these names; what is wrong with a name is reported. */
    private List<ServerSettings> members(Section network, Key<?> key, List<Located<String>> names) {
        Map<String, ServerSettings> members = new LinkedHashMap<>();
        for (Located<String> name : names) {
            ServerSettings server = servers.get(name.value());
            if (server == null) {
                error(name, network, key, noServer(name.value(), servers.keySet()));
            } else if (server.passthrough()) {
                error(
                    name,
                    network,
                    key,
                    name.value() +
                        " has passthrough, so nobody can be taken to it from another server; leave it out here"
                );
            } else if (members.putIfAbsent(name.value(), server) != null) {
                error(name, network, key, name.value() + " stands here twice");
            }
        }
        return List.copyOf(members.values());
    }

    private void error(Located<String> name, Section network, Key<?> key, String message) {
        network.place().at(key.name(), name.line()).error(name.line(), message);
    }

    private static String noServer(String name, Set<String> servers) {
        return "there is no server named " + Place.quote(name) + "; " + Spelling.hint(name, "servers", servers);
    }

    /** Says which networks nobody can ever come to. */
    void warnOfUnreachable(Map<String, NetworkSettings> networks, @Nullable String defaultRoute) {
        sections.forEach((name, section) -> {
            NetworkSettings network = networks.get(name);
            if (network != null && network.hosts().isEmpty() && !name.equals(defaultRoute)) {
                section.warning(FleetKeys.HOSTS, "no hostname leads to this network, and it is not fleet.defaultRoute");
            }
        });
    }
}
