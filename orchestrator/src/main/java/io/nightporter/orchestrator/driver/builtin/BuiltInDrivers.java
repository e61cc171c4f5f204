package io.nightporter.orchestrator.driver.builtin;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.Drivers;
import io.nightporter.orchestrator.driver.docker.DockerDriver;
import io.nightporter.orchestrator.model.NodeDefinition;

/** Knows the drivers by the names under which nodes ask for them. */
public final class BuiltInDrivers implements Drivers {

    @Override
    public Driver open(NodeDefinition node) throws BadDefinitionException {
        return switch (node.driver()) {
            case DockerDriver.NAME -> DockerDriver.open(node);
            default -> throw new BadDefinitionException(
                "node " + node.name() + " asks for the driver " + node.driver() + ", which does not exist",
                "Write `driver: " + DockerDriver.NAME + "`.",
                null
            );
        };
    }
}
