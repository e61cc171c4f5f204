package io.nightporter.orchestrator.driver.builtin;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.Drivers;
import io.nightporter.orchestrator.driver.docker.DockerDriver;
import io.nightporter.orchestrator.driver.process.ProcessDrivers;
import io.nightporter.orchestrator.driver.remote.RemoteDriver;
import io.nightporter.orchestrator.model.NodeDefinition;
import java.nio.file.Path;

/** Knows the drivers by the names under which nodes ask for them. */
public final class BuiltInDrivers implements Drivers {

    private final Path data;
    private final ProcessDrivers processes;

    /**
     * @param data Nightporter's data directory: nodes that are this machine have their folders there, and names of files are
     *     relative to it
     */
    public BuiltInDrivers(Path data) {
        this.data = data;
        this.processes = new ProcessDrivers(data);
    }

    @Override
    public Driver open(NodeDefinition node) throws BadDefinitionException {
        return switch (node.driver()) {
            case ProcessDrivers.NAME -> processes.open(node);
            case DockerDriver.NAME -> DockerDriver.open(node);
            case RemoteDriver.NAME -> RemoteDriver.open(node, data);
            default -> throw new BadDefinitionException(
                "node " + node.name() + " asks for the driver " + node.driver() + ", which does not exist",
                "The drivers are " + ProcessDrivers.NAME + ", " + DockerDriver.NAME + " and " + RemoteDriver.NAME + ".",
                null
            );
        };
    }
}
