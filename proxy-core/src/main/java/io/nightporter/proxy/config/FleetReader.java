package io.nightporter.proxy.config;

import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code fleet} and the files that it includes. */
final class FleetReader {

    /** What Docker takes as a container's name, with a server's name behind it. */
    static final String NAME = "^[a-z0-9][a-z0-9-]{0,31}$";

    private final ForwardingSettings forwarding;
    private final KickRules kicks;

    /**
     * What was found.
     *
     * @param servers by name
     * @param networks by name
     */
    record Result(
        FleetDefinitions definitions,
        Map<String, ServerSettings> servers,
        Map<String, NetworkSettings> networks,
        @Nullable String defaultRoute
    ) {}

    /**
     * @param forwarding of servers that have none of their own
     * @param kicks for all servers
     */
    FleetReader(ForwardingSettings forwarding, KickRules kicks) {
        this.forwarding = forwarding;
        this.kicks = kicks;
    }

    Result read(Section fleet) {
        FleetFiles files = FleetFiles.read(fleet);
        boolean alone = !fleet.has(FleetKeys.NODES) && !fleet.has(FleetKeys.INCLUDE);
        if (files.servers().isEmpty() && !files.unreadable() && alone) {
            fleet.error(
                FleetKeys.SERVERS,
                "there is no server to send players to; the smallest is " +
                    "fleet: { servers: { main: { hosts: [\"*\"], address: 127.0.0.1:25566 } } }"
            );
        }
        HostClaims claims = new HostClaims();
        ServerReader serverReader = new ServerReader(claims, forwarding, kicks);
        Map<String, ServerEntry> entries = serverReader.read(files.servers(), ManagedBy.YAML);
        Map<String, ServerSettings> servers = new LinkedHashMap<>();
        entries.forEach((name, entry) -> servers.put(name, entry.settings()));
        NetworkReader networkReader = new NetworkReader(claims, servers);
        Map<String, NetworkSettings> networks = networkReader.read(files.networks());
        String defaultRoute = defaultRoute(fleet, servers.keySet(), networks.keySet());
        serverReader.warnOfUnreachable(servers, networks.values(), defaultRoute);
        networkReader.warnOfUnreachable(networks, defaultRoute);
        FleetDefinitions definitions = definitions(
            fleet.value(FleetKeys.NAME),
            nodes(files.nodes()),
            entries,
            files.servers()
        );
        return new Result(definitions, Collections.unmodifiableMap(servers), networks, defaultRoute);
    }

    private static Map<String, NodeDefinition> nodes(Map<String, Section> sections) {
        Map<String, NodeDefinition> nodes = new LinkedHashMap<>();
        sections.forEach((name, section) -> {
            NodeDefinition node = NodeReader.read(name, section, ManagedBy.YAML);
            if (node != null) {
                nodes.put(name, node);
            }
        });
        return nodes;
    }

    static String name(String text) {
        if (!text.matches(NAME)) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is no such name; write up to 32 lower-case letters, digits and hyphens"
            );
        }
        return text;
    }

    private static FleetDefinitions definitions(
        String fleet,
        Map<String, NodeDefinition> nodes,
        Map<String, ServerEntry> entries,
        Map<String, Section> sections
    ) {
        FleetChecks checks = new FleetChecks(nodes, true);
        Map<String, ServerDefinition> servers = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            Section section = sections.get(name);
            if (entry.definition() != null && section != null) {
                servers.put(name, checks.placed(entry.definition(), section));
            }
        });
        FleetChecks.needs(servers, sections);
        return new FleetDefinitions(fleet, List.copyOf(nodes.values()), new ArrayList<>(servers.values()));
    }

    private static @Nullable String defaultRoute(Section fleet, Set<String> servers, Set<String> networks) {
        String route = fleet.optional(FleetKeys.DEFAULT_ROUTE);
        if (route == null || servers.contains(route) || networks.contains(route)) {
            return route;
        }
        Set<String> all = new LinkedHashSet<>(servers);
        all.addAll(networks);
        String what = networks.isEmpty() ? "server" : "server or network";
        fleet.error(
            FleetKeys.DEFAULT_ROUTE,
            "there is no " +
                what +
                " named " +
                Place.quote(route) +
                "; " +
                Spelling.hint(route, networks.isEmpty() ? "servers" : "servers and networks", all)
        );
        return null;
    }
}
