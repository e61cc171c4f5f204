package io.nightporter.proxy;

import io.nightporter.orchestrator.fleet.Fleet;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the servers that are defined elsewhere than in the configuration files: by the API, a command or a container's labels. */
final class Elsewhere {

    private static final Logger log = LoggerFactory.getLogger(Elsewhere.class);

    /** Changes that come faster than this one after the other are put in force together. */
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Fleet fleet;
    private final Consumer<List<ServerDefinition>> told;
    private final ReentrantLock telling = new ReentrantLock();
    private List<ServerDefinition> last = List.of();
    private long lastAt = System.nanoTime() - BETWEEN.toNanos();

    // Guarded by this.
    private boolean gathering;
    private long changes;
    private long inForce;

    /** @param told what there is now, whenever it has changed */
    Elsewhere(Fleet fleet, Consumer<List<ServerDefinition>> told) {
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

    private synchronized long changed() {
        if (!gathering) {
            gathering = true;
            Thread.ofVirtual().name("fleet-elsewhere").start(this::gather);
        }
        return ++changes;
    }

    /** Returns when players are sent where the fleet says by now, or when that takes too long. */
    void awaitInForce(Duration limit) {
        long change = changed();
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            try {
                for (
                    long left = limit.toMillis();
                    left > 0 && inForce < change;
                    left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())
                ) {
                    wait(left);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void gather() {
        telling.lock();
        try {
            TimeUnit.NANOSECONDS.sleep(lastAt + BETWEEN.toNanos() - System.nanoTime());
            long upTo;
            synchronized (this) {
                gathering = false;
                upTo = changes;
            }
            putInForce();
            lastAt = System.nanoTime();
            synchronized (this) {
                inForce = upTo;
                notifyAll();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            telling.unlock();
        }
    }

    private void putInForce() {
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
