package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.ServerDefinition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Understands the labels of containers that somebody else made. Must not block. */
@FunctionalInterface
public interface ContainerReader {
    /** Where no container makes itself a server. */
    ContainerReader NONE = (_, _, _) -> null;

    /**
     * @param node on which the container is
     * @param container its name
     * @param labels all that it has
     * @return null: they make no server; if they are wrong, the reader has told of it
     */
    @Nullable
    ServerDefinition read(String node, String container, Map<String, String> labels);
}
