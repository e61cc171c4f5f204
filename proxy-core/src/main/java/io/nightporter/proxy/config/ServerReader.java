package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.ForwardingSettings.Mode;
import io.nightporter.proxy.config.Values.Located;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code fleet.servers} and what only holds for all servers together. */
final class ServerReader {

    /** The protocol of 1.13, the first in which a server can ask the proxy who the player is. */
    private static final int FIRST_WITH_LOGIN_PLUGIN_MESSAGES = 393;

    private final Reading reading;
    private final ForwardingSettings proxyForwarding;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Map<String, Integer> claimedHosts = new HashMap<>();

    ServerReader(Reading reading, ForwardingSettings proxyForwarding) {
        this.reading = reading;
        this.proxyForwarding = proxyForwarding;
    }

    Map<String, ServerSettings> read(Section fleet) {
        Map<String, Section> written = fleet.optional(Keys.SERVERS);
        if (written == null || written.isEmpty()) {
            if (written != null || !fleet.has(Keys.SERVERS)) {
                fleet.error(
                    Keys.SERVERS,
                    "there is no server to send players to; the smallest is " +
                        "fleet: { servers: { main: { hosts: [\"*\"], address: 127.0.0.1:25566 } } }"
                );
            }
            return Map.of();
        }
        sections.putAll(written);
        Map<String, ServerSettings> servers = new LinkedHashMap<>();
        sections.forEach((name, section) -> servers.put(name, server(name, section)));
        return Collections.unmodifiableMap(servers);
    }

    private ServerSettings server(String name, Section server) {
        List<String> hosts = hosts(server);
        boolean passthrough = server.value(Keys.PASSTHROUGH);
        ForwardingSettings forwarding = forwarding(server, passthrough);
        VersionRange versions = versions(server, forwarding);
        return new ServerSettings(
            name,
            hosts,
            addresses(server, versions),
            versions,
            forwarding,
            passthrough,
            server.value(Keys.SEND_PROXY_PROTOCOL),
            ConfigurationReader.presentation(server)
        );
    }

    private List<String> hosts(Section server) {
        List<String> hosts = new ArrayList<>();
        for (Located<String> host : ConfigurationReader.orEmpty(server.optional(Keys.HOSTS))) {
            Integer earlier = claimedHosts.putIfAbsent(host.value(), host.line());
            if (earlier == null) {
                hosts.add(host.value());
            } else {
                reading.error(
                    host.line(),
                    server.place().path() + "." + Keys.HOSTS.name(),
                    "the hostname " +
                        host.value() +
                        " is already claimed on line " +
                        earlier +
                        "; only one server can have it"
                );
            }
        }
        return List.copyOf(hosts);
    }

    private ForwardingSettings forwarding(Section server, boolean passthrough) {
        ForwardingSettings forwarding = ForwardingReader.ofServer(server, proxyForwarding);
        if (!passthrough) {
            return forwarding;
        }
        if (server.has(Keys.FORWARDING) && forwarding.mode() != Mode.NONE) {
            server.error(
                Keys.FORWARDING,
                "with passthrough the bytes stay untouched, so nothing can be forwarded; " +
                    "remove forwarding or passthrough (sendProxyProtocol works with both)"
            );
        }
        return ForwardingSettings.NONE;
    }

    private VersionRange versions(Section server, ForwardingSettings forwarding) {
        VersionRange versions = server.optional(Keys.VERSIONS);
        boolean modern = forwarding.mode() == Mode.MODERN;
        if (versions == null) {
            return modern
                ? new VersionRange(FIRST_WITH_LOGIN_PLUGIN_MESSAGES, VersionRange.ALL.last())
                : VersionRange.ALL;
        }
        if (modern && versions.first() < FIRST_WITH_LOGIN_PLUGIN_MESSAGES) {
            server.error(
                Keys.VERSIONS,
                "modern forwarding only works for clients from 1.13 on, because older ones have no packet for it; " +
                    "begin the versions at 1.13 or use forwarding bungeeguard or legacy for this server"
            );
        }
        return versions;
    }

    private static List<ServerAddress> addresses(Section server, VersionRange versions) {
        List<Located<Section>> written = server.optional(Keys.ADDRESS);
        if (written == null || written.isEmpty()) {
            if (written != null || !server.has(Keys.ADDRESS)) {
                server.error(
                    Keys.ADDRESS,
                    "is missing; write where the server listens, such as address: 127.0.0.1:25566"
                );
            }
            return List.of();
        }
        List<ServerAddress> addresses = new ArrayList<>();
        for (Located<Section> one : written) {
            Section section = one.value();
            HostAndPort address = section.optional(Keys.ADDRESS_ADDRESS);
            VersionRange own = section.optional(Keys.ADDRESS_VERSIONS);
            if (address == null) {
                if (!section.has(Keys.ADDRESS_ADDRESS)) {
                    section.error(Keys.ADDRESS_ADDRESS, "is missing; write where the server listens");
                }
                continue;
            }
            if (own != null && (own.last() < versions.first() || own.first() > versions.last())) {
                section.error(Keys.ADDRESS_VERSIONS, "none of these versions is let in by the versions of the server");
            }
            addresses.add(new ServerAddress(address, own == null ? versions : own));
        }
        return List.copyOf(addresses);
    }

    /** Says which servers nobody can ever come to. */
    void warnOfUnreachable(Map<String, ServerSettings> servers, @Nullable String defaultRoute) {
        sections.forEach((name, section) -> {
            ServerSettings server = servers.get(name);
            if (server != null && server.hosts().isEmpty() && !name.equals(defaultRoute)) {
                section.warning(Keys.HOSTS, "no hostname leads to this server, and it is not fleet.defaultRoute");
            }
        });
    }
}
