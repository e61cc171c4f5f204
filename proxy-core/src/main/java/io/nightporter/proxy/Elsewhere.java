package io.nightporter.proxy;

import io.nightporter.orchestrator.fleet.Orchestrator;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ConfigurationException;
import io.nightporter.proxy.config.Definitions;
import io.nightporter.proxy.config.ServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the servers that are defined elsewhere than in the configuration files: by the API, a command or a container's labels. */
final class Elsewhere {

    private static final Logger log = LoggerFactory.getLogger(Elsewhere.class);

    /** What comes in this time is one change. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private final Orchestrator fleet;
    private final Consumer<List<ServerDefinition>> told;
    private final AtomicBoolean gathering = new AtomicBoolean();
    private volatile List<ServerDefinition> last = List.of();

    /** @param told what there is now, whenever it has changed */
    Elsewhere(Orchestrator fleet, Consumer<List<ServerDefinition>> told) {
        this.fleet = fleet;
        this.told = told;
    }

    void begin() {
        fleet.subscribe(event -> {
            if (event.kind() == FleetEvent.Kind.SERVER_DEFINED || event.kind() == FleetEvent.Kind.SERVER_REMOVED) {
                changed();
            }
        });
        changed();
    }

    private void changed() {
        if (gathering.compareAndSet(false, true)) {
            Thread.ofVirtual().name("fleet-elsewhere").start(this::gather);
        }
    }

    private void gather() {
        try {
            Thread.sleep(GATHER);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        gathering.set(false);
        List<ServerDefinition> now = fleet
            .servers()
            .stream()
            .map(ServerView::definition)
            .filter(definition -> definition.managedBy() != ManagedBy.YAML)
            .toList();
        if (!now.equals(last)) {
            last = now;
            told.accept(now);
        }
    }

    /** The configuration with these servers; one that does not fit into it is left out. */
    static Configuration added(Configuration files, List<ServerDefinition> elsewhere) {
        if (elsewhere.isEmpty()) {
            return files;
        }
        var definitions = new Definitions(files);
        List<ServerSettings> more = new ArrayList<>();
        for (ServerDefinition definition : elsewhere) {
            try {
                more.add(definitions.settings(definition));
            } catch (ConfigurationException e) {
                log.warn("server left out server={} reason=\"{}\"", definition.name(), e.problems().getFirst());
            }
        }
        return files.with(more);
    }
}
