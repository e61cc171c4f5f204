package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.proxy.admin.route.Doc;
import org.jspecify.annotations.Nullable;

/** A machine for servers. */
record NodeBody(
    String name,
    @Doc("docker, process or remote.") String driver,
    @Nullable String endpoint,
    @Doc("Where its published ports are reached.") @Nullable String address,
    @Doc("Whether it answers.") boolean reachable,
    @Doc("Whether no more servers are started there.") boolean draining,
    @Doc("What servers may use together.") @Nullable Long memoryBytes,
    @Doc("To servers that are awake or about to be.") long promisedBytes,
    @Nullable Double cores,
    @Doc("Such as 0.012 EUR/h.") @Nullable String price,
    @Doc("How many have their place there, awake or not.") int servers,
    @Doc(words = { "yaml", "api", "docker", "command" }) String managedBy
) {
    static NodeBody of(NodeView view) {
        NodeDefinition node = view.definition();
        return new NodeBody(
            node.name(),
            node.driver(),
            node.endpoint(),
            node.address(),
            view.reachable(),
            node.draining(),
            node.resources().memoryBytes(),
            view.promisedMemory(),
            node.resources().cores(),
            node.price() == null ? null : node.price().toString(),
            view.servers(),
            ServerBody.word(node.managedBy())
        );
    }
}
