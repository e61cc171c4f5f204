package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.Drivers;
import io.nightporter.orchestrator.model.NodeDefinition;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the drivers of nodes that are this machine. */
public final class ProcessDrivers implements Drivers {

    /** What {@link NodeDefinition#driver} calls them. */
    public static final String NAME = "process";

    /** The one setting: the range from which ports are chosen. */
    static final String PORTS = "ports";

    private static final Logger log = LoggerFactory.getLogger(ProcessDrivers.class);

    private static final long LOG_BYTES = 8L << 20;

    private final Path data;

    /** @param data Nightporter's data directory: a node whose definition names no folder has {@code nodes/NAME} in it */
    public ProcessDrivers(Path data) {
        this.data = data;
    }

    @Override
    public Driver open(NodeDefinition node) throws BadDefinitionException {
        if (!ProcessTable.available()) {
            throw new BadDefinitionException(
                "the driver process of node " + node.name() + " needs Linux with /proc",
                "Use a node with the driver docker instead.",
                null
            );
        }
        for (String setting : node.settings().keySet()) {
            if (!setting.equals(PORTS)) {
                throw new BadDefinitionException(
                    "the driver process knows no setting " + setting,
                    "It has one setting, ports, such as 26000-30999.",
                    null
                );
            }
        }
        String endpoint = node.endpoint();
        Path folder = endpoint == null ? data.resolve("nodes").resolve(node.name()) : data.resolve(endpoint);
        Path setsid = Launcher.find("setsid", System.getenv("PATH"), data);
        if (setsid == null) {
            log.warn(
                "no setsid on the path, so servers stay in Nightporter's session: a Ctrl-C in its terminal ends them node={}",
                node.name()
            );
        }
        return new ProcessDriver(node, folder, setsid, LOG_BYTES);
    }
}
