package io.nightporter.proxy.fleet;

import io.nightporter.orchestrator.fleet.ContainerReader;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ConfigurationException;
import io.nightporter.proxy.config.Definitions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the labels of containers as entries of the configuration; says once what is wrong with them. */
public final class ContainerLabels implements ContainerReader {

    private static final Logger log = LoggerFactory.getLogger(ContainerLabels.class);

    private final Supplier<Configuration> configuration;
    private final Map<String, String> complaints = new ConcurrentHashMap<>();

    /** @param configuration the one in force */
    public ContainerLabels(Supplier<Configuration> configuration) {
        this.configuration = configuration;
    }

    @Override
    public @Nullable ServerDefinition read(String node, String container, Map<String, String> labels) {
        String place = node + "/" + container;
        try {
            ServerDefinition definition = new Definitions(configuration.get()).container(node, container, labels);
            complaints.remove(place);
            return definition;
        } catch (ConfigurationException e) {
            String problems = String.valueOf(e.problems());
            if (!problems.equals(complaints.put(place, problems))) {
                e.problems().forEach(problem ->
                    log.warn("labels not understood node={} container={} problem=\"{}\"", node, container, problem)
                );
            }
            return null;
        }
    }
}
