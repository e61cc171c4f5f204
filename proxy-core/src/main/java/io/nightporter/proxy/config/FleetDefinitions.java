package io.nightporter.proxy.config;

import io.nightporter.orchestrator.fleet.FleetSettings;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import java.util.List;

/**
 * What the configuration files say about nodes and servers, as the fleet wants to know it.
 *
 * @param name which Nightporter it is
 * @param servers all of them, somebody else's too
 */
public record FleetDefinitions(String name, List<NodeDefinition> nodes, List<ServerDefinition> servers) {
    public static final FleetDefinitions NONE = new FleetDefinitions(
        FleetSettings.DEFAULT.name(),
        List.of(),
        List.of()
    );

    public FleetDefinitions {
        nodes = List.copyOf(nodes);
        servers = List.copyOf(servers);
    }
}
