package io.nightporter.orchestrator.driver;

import io.nightporter.orchestrator.model.NodeDefinition;

/** Makes the driver for a node. */
@FunctionalInterface
public interface Drivers {
    /**
     * Does not connect: a node that is not there is found out later.
     *
     * @throws BadDefinitionException when there is no such driver, or it does not understand its settings
     */
    Driver open(NodeDefinition node) throws BadDefinitionException;
}
