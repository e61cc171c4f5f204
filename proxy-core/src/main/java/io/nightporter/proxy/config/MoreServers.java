package io.nightporter.proxy.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Adds servers that do not come from the configuration files to those that do. */
final class MoreServers {

    private MoreServers() {}

    /** All servers by name, those of the configuration first. */
    static Map<String, ServerSettings> add(
        Configuration configuration,
        Collection<ServerSettings> more,
        Consumer<String> conflicts
    ) {
        Map<String, ServerSettings> all = new LinkedHashMap<>(configuration.servers());
        Map<String, String> claimed = new HashMap<>();
        all.values().forEach(server -> server.hosts().forEach(host -> claimed.put(host, server.name())));
        configuration
            .networks()
            .values()
            .forEach(network -> network.hosts().forEach(host -> claimed.put(host, network.name())));
        for (ServerSettings server : more) {
            if (all.containsKey(server.name()) || configuration.networks().containsKey(server.name())) {
                conflicts.accept(
                    "there is a server or network named " + server.name() + " already; the other one is left out"
                );
                continue;
            }
            List<String> hosts = new ArrayList<>();
            for (String host : server.hosts()) {
                String owner = claimed.putIfAbsent(host, server.name());
                if (owner == null) {
                    hosts.add(host);
                } else {
                    conflicts.accept(
                        "the hostname " +
                            host +
                            " of " +
                            server.name() +
                            " leads to " +
                            owner +
                            ", which claimed it first"
                    );
                }
            }
            all.put(server.name(), hosts.size() == server.hosts().size() ? server : server.at(hosts));
        }
        return Collections.unmodifiableMap(all);
    }
}
