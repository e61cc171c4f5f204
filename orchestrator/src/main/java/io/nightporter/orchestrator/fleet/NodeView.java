package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.NodeDefinition;

/**
 * A node at one moment.
 *
 * @param reachable whether it answers
 * @param promisedMemory bytes, of all servers that are awake there or about to be
 * @param servers how many have their place there, awake or not
 */
public record NodeView(NodeDefinition definition, boolean reachable, long promisedMemory, int servers) {
    /** Bytes that nobody was promised; as many as there can be where the node's memory is not known. */
    public long freeMemory() {
        Long memory = definition.resources().memoryBytes();
        return memory == null ? Long.MAX_VALUE : memory - promisedMemory;
    }
}
