package io.nightporter.orchestrator.driver;

import io.nightporter.orchestrator.model.NodeDefinition;
import java.util.Map;
import java.util.TreeMap;

/** Makes the driver for a node. */
@FunctionalInterface
public interface Drivers {
    /**
     * Does not connect: a node that is not there is found out later.
     *
     * @throws BadDefinitionException when there is no such driver, or it does not understand its settings
     */
    Driver open(NodeDefinition node) throws BadDefinitionException;

    /**
     * Drivers by what {@link NodeDefinition#driver} calls them.
     *
     * @param known such as {@code process}
     */
    static Drivers byName(Map<String, Drivers> known) {
        Map<String, Drivers> all = new TreeMap<>(known);
        return node -> {
            Drivers driver = all.get(node.driver());
            if (driver == null) {
                throw new BadDefinitionException(
                    "node " + node.name() + " has the driver " + node.driver() + ", which there is none of",
                    "The drivers are " + String.join(", ", all.keySet()) + ".",
                    null
                );
            }
            return driver.open(node);
        };
    }
}
