package io.nightporter.proxy.fleet;

import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.orchestrator.fleet.Orchestrator;
import io.nightporter.orchestrator.fleet.OrderAnswer;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.store.StoreException;
import io.nightporter.proxy.config.FleetDefinitions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the fleet's definitions agree with the configuration files. What cannot be done at this moment is tried again: a server that
 * is no longer in the files goes when it does not run any more, because nobody who plays there is to be thrown out for a slip of
 * the pen.
 */
final class Definers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Definers.class);

    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Cause CAUSE = Cause.order("configuration");

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
        Thread.ofVirtual().name("fleet-define").factory()
    );
    private final Map<String, String> complaints = new HashMap<>();
    private FleetDefinitions wanted = FleetDefinitions.NONE;
    private @Nullable Orchestrator fleet;

    /** What the files say now. */
    void wanted(FleetDefinitions definitions) {
        worker.execute(() -> {
            wanted = definitions;
            guarded();
        });
    }

    /** From now on there is a fleet. */
    void connect(Orchestrator opened) {
        worker.execute(() -> {
            fleet = opened;
            guarded();
        });
        worker.scheduleWithFixedDelay(this::guarded, AGAIN.toSeconds(), AGAIN.toSeconds(), TimeUnit.SECONDS);
    }

    private void guarded() {
        Orchestrator now = fleet;
        try {
            if (now != null) {
                agree(now);
            }
        } catch (StoreException e) {
            log.debug("definitions not written, trying again reason=\"{}\"", e.getMessage());
        } catch (RuntimeException e) {
            log.error("definitions not applied", e);
        }
    }

    private void agree(Orchestrator now) {
        for (NodeDefinition node : wanted.nodes()) {
            answered("node " + node.name(), now.define(node));
        }
        for (ServerDefinition server : wanted.servers()) {
            answered("server " + server.name(), now.define(server).join());
        }
        Set<String> servers = wanted.servers().stream().map(ServerDefinition::name).collect(Collectors.toSet());
        for (ServerView server : now.servers()) {
            if (server.definition().managedBy() == ManagedBy.YAML && !servers.contains(server.name())) {
                remove(now, server);
            }
        }
        Set<String> nodes = wanted.nodes().stream().map(NodeDefinition::name).collect(Collectors.toSet());
        for (NodeView node : List.copyOf(now.nodes())) {
            NodeDefinition definition = node.definition();
            if (definition.managedBy() == ManagedBy.YAML && !nodes.contains(definition.name())) {
                answered("node " + definition.name(), now.removeNode(definition.name(), ManagedBy.YAML));
            }
        }
    }

    private void remove(Orchestrator now, ServerView server) {
        if (server.definition().workload().managed() && server.phase().mayRun()) {
            complain(
                "server " + server.name(),
                "it is in no configuration file any more and still runs; it goes when it has stopped"
            );
        } else {
            answered("server " + server.name(), now.remove(server.name(), ManagedBy.YAML, CAUSE).join());
        }
    }

    private void answered(String what, OrderAnswer answer) {
        if (answer instanceof OrderAnswer.Refused(String message)) {
            complain(what, message);
        } else {
            complaints.remove(what);
        }
    }

    /** Once for each. */
    private void complain(String what, String message) {
        if (!message.equals(complaints.put(what, message))) {
            log.warn("not applied {} reason=\"{}\"", what, message);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
