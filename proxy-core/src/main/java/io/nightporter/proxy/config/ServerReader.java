package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.Rcon;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.RunRules;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.SleepRules;
import io.nightporter.orchestrator.model.WakeRules;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.ForwardingSettings.Mode;
import io.nightporter.proxy.config.Values.Located;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code fleet.servers} and what only holds for all servers together. */
final class ServerReader {

    /** The protocol of 1.13, the first in which a server can ask the proxy who the player is. */
    private static final int FIRST_WITH_LOGIN_PLUGIN_MESSAGES = 393;

    private final ForwardingSettings proxyForwarding;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final HostClaims claims;
    private final KickRules kicks;

    /** @param kicks for all servers */
    ServerReader(HostClaims claims, ForwardingSettings proxyForwarding, KickRules kicks) {
        this.claims = claims;
        this.proxyForwarding = proxyForwarding;
        this.kicks = kicks;
    }

    /** The servers, in the order in which they are written. */
    Map<String, ServerEntry> read(Map<String, Section> written, ManagedBy by) {
        sections.putAll(written);
        Map<String, ServerEntry> servers = new LinkedHashMap<>();
        sections.forEach((name, section) -> servers.put(name, read(name, section, by)));
        return Collections.unmodifiableMap(servers);
    }

    ServerEntry read(String name, Section server, ManagedBy by) {
        ServerKind kind = ServerKind.of(server);
        ServerSettings settings = settings(name, server, kind);
        return new ServerEntry(settings, kind == null ? null : definition(kind, server, settings, by));
    }

    private ServerSettings settings(String name, Section server, @Nullable ServerKind kind) {
        List<String> hosts = claims.claim(server);
        boolean passthrough = server.value(FleetKeys.PASSTHROUGH);
        ForwardingSettings forwarding = forwarding(server, passthrough);
        VersionRange versions = versions(server, forwarding);
        return new ServerSettings(
            name,
            hosts,
            kind == ServerKind.ADDRESS ? addresses(server, versions) : List.of(),
            versions,
            forwarding,
            passthrough,
            server.value(FleetKeys.SEND_PROXY_PROTOCOL),
            AccessReader.read(server),
            kicks.behind(ConfigurationReader.kicks(server)),
            ConfigurationReader.presentation(server)
        );
    }

    private static @Nullable ServerDefinition definition(
        ServerKind kind,
        Section server,
        ServerSettings settings,
        ManagedBy by
    ) {
        List<String> owners = ConfigurationReader.orEmpty(server.optional(SleepKeys.OWNERS));
        Workload workload = WorkloadReader.read(kind, server, settings.addresses());
        Resources resources = WorkloadReader.resources(server);
        Rcon rcon = WorkloadReader.rcon(server);
        Plan plan = SleepReader.plan(server);
        SleepRules sleep = SleepReader.sleep(server);
        WakeRules wake = SleepReader.wake(settings.name(), server, owners);
        RunRules run = SleepReader.run(server);
        String node = server.optional(WorkloadKeys.NODE);
        if (workload == null) {
            return null;
        }
        return ServerDefinition.named(settings.name(), workload)
            .managedBy(by)
            .hosts(settings.hosts())
            .node(node)
            .resources(resources)
            .plan(plan)
            .sleep(sleep)
            .wake(wake)
            .run(run)
            .rcon(rcon)
            .owners(owners)
            .versions(settings.versions())
            .sendProxyProtocol(settings.sendProxyProtocol())
            .written(WrittenEntry.json(server))
            .build();
    }

    private ForwardingSettings forwarding(Section server, boolean passthrough) {
        ForwardingSettings forwarding = ForwardingReader.ofServer(server, proxyForwarding);
        if (!passthrough) {
            return forwarding;
        }
        if (server.has(ProxyKeys.FORWARDING) && forwarding.mode() != Mode.NONE) {
            server.error(
                ProxyKeys.FORWARDING,
                "with passthrough the bytes stay untouched, so nothing can be forwarded; " +
                    "remove forwarding or passthrough (sendProxyProtocol works with both)"
            );
        }
        return ForwardingSettings.NONE;
    }

    private VersionRange versions(Section server, ForwardingSettings forwarding) {
        VersionRange versions = server.optional(FleetKeys.VERSIONS);
        boolean modern = forwarding.mode() == Mode.MODERN;
        if (versions == null) {
            return modern
                ? new VersionRange(FIRST_WITH_LOGIN_PLUGIN_MESSAGES, VersionRange.ALL.last())
                : VersionRange.ALL;
        }
        if (modern && versions.first() < FIRST_WITH_LOGIN_PLUGIN_MESSAGES) {
            server.error(
                FleetKeys.VERSIONS,
                "modern forwarding only works for clients from 1.13 on, because older ones have no packet for it; " +
                    "begin the versions at 1.13 or use forwarding bungeeguard or legacy for this server"
            );
        }
        return versions;
    }

    private static List<ServerAddress> addresses(Section server, VersionRange versions) {
        List<Located<Section>> written = server.optional(FleetKeys.ADDRESS);
        if (written == null || written.isEmpty()) {
            if (written != null) {
                server.error(FleetKeys.ADDRESS, "is empty; write where the server listens, such as 127.0.0.1:25566");
            }
            return List.of();
        }
        List<ServerAddress> addresses = new ArrayList<>();
        for (Located<Section> one : written) {
            Section section = one.value();
            HostAndPort address = section.optional(FleetKeys.ADDRESS_ADDRESS);
            VersionRange own = section.optional(FleetKeys.ADDRESS_VERSIONS);
            if (address == null) {
                if (!section.has(FleetKeys.ADDRESS_ADDRESS)) {
                    section.error(FleetKeys.ADDRESS_ADDRESS, "is missing; write where the server listens");
                }
                continue;
            }
            if (own != null && (own.last() < versions.first() || own.first() > versions.last())) {
                section.error(
                    FleetKeys.ADDRESS_VERSIONS,
                    "none of these versions is let in by the versions of the server"
                );
            }
            addresses.add(new ServerAddress(address, own == null ? versions : own));
        }
        return List.copyOf(addresses);
    }

    /** Says which servers nobody can ever come to. */
    void warnOfUnreachable(
        Map<String, ServerSettings> servers,
        Collection<NetworkSettings> networks,
        @Nullable String defaultRoute
    ) {
        sections.forEach((name, section) -> {
            ServerSettings server = servers.get(name);
            if (
                server != null &&
                server.hosts().isEmpty() &&
                !name.equals(defaultRoute) &&
                networks.stream().noneMatch(network -> network.members().contains(server))
            ) {
                section.warning(
                    FleetKeys.HOSTS,
                    "no hostname leads to this server, it is not fleet.defaultRoute, and no network has it"
                );
            }
        });
    }
}
