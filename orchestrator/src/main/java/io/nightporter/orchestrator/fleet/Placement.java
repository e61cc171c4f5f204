package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.ServerDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the node for a server that names none. Must not block. */
@FunctionalInterface
public interface Placement {
    /**
     * @param candidates the nodes that can be reached, take new servers, and have the driver for it; by name
     * @return the name of one of them; null: none will do
     */
    @Nullable
    String choose(ServerDefinition server, List<NodeView> candidates);

    /** The one with the most memory that no awake server was promised; of equal ones, the first. */
    Placement ROOMIEST = (server, candidates) -> {
        NodeView best = null;
        for (NodeView candidate : candidates) {
            if (best == null || candidate.freeMemory() > best.freeMemory()) {
                best = candidate;
            }
        }
        Long wanted = server.resources().memoryBytes();
        return best == null || (wanted != null && best.freeMemory() < wanted) ? null : best.definition().name();
    };
}
