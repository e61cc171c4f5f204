package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.proxy.config.ConfigurationException;
import java.util.List;

/** Reads definitions in the form of the configuration, as YAML or JSON. What is wrong is said all at once. */
public interface DefinitionReader {
    /** @param text the block that stands under {@code fleet.servers.NAME} */
    ServerDefinition server(String name, String text, ManagedBy by) throws ConfigurationException;

    /** @param text the block that stands under {@code fleet.nodes.NAME} */
    NodeDefinition node(String name, String text, ManagedBy by) throws ConfigurationException;

    /** @param text with the keys {@code nodes} and {@code servers}, as they stand under {@code fleet} */
    Batch batch(String text, ManagedBy by) throws ConfigurationException;

    /** Several definitions, in the order of the text. */
    record Batch(List<NodeDefinition> nodes, List<ServerDefinition> servers) {}
}
