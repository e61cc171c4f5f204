package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that are containers with labels which somebody else made: they come with the container, change with its labels, and
 * go with it. One that is made anew at once, as by `docker compose up`, stays the same server.
 */
final class LabelledServers {

    private static final Logger log = LoggerFactory.getLogger(LabelledServers.class);

    private static final Duration LEFT_FOR_GOOD = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Orchestrator fleet;
    private final ContainerReader reader;
    private final Timekeeper time;
    private final Map<String, Instant> missing = new HashMap<>();
    /** What was told of, so that it is told once. */
    private final Map<String, String> told = new HashMap<>();

    LabelledServers(Orchestrator fleet, ContainerReader reader, Timekeeper time) {
        this.fleet = fleet;
        this.reader = reader;
        this.time = time;
    }

    /** Whether anybody wants to know of such containers. */
    boolean wanted() {
        return !reader.equals(ContainerReader.NONE);
    }

    /** These are all containers with the label {@link Labels#HOST} on a node. */
    synchronized void found(NodeLink node, List<SeenInstance> containers) {
        Set<String> there = new HashSet<>();
        for (SeenInstance container : containers) {
            if (!container.labels().containsKey(Labels.FLEET)) {
                String server = found(node.name(), container);
                if (server != null) {
                    there.add(server);
                }
            }
        }
        for (ServerView server : fleet.servers()) {
            if (isLabelled(server) && node.name().equals(server.definition().node())) {
                if (there.contains(server.name())) {
                    missing.remove(server.name());
                } else {
                    gone(node, server);
                }
            }
        }
    }

    private static boolean isLabelled(ServerView server) {
        return server.definition().managedBy() == ManagedBy.DOCKER;
    }

    /** Returns the server that it is; null: it is none. */
    private @Nullable String found(String node, SeenInstance container) {
        ServerDefinition read = reader.read(node, container.name(), container.labels());
        if (read == null) {
            // What it was before it is still, until somebody corrects its labels.
            return fleet
                .servers()
                .stream()
                .filter(server -> isLabelled(server) && isThis(server.definition(), node, container))
                .map(ServerView::name)
                .findFirst()
                .orElse(null);
        }
        ServerDefinition definition = read.but().managedBy(ManagedBy.DOCKER).node(node).build();
        ServerView known = fleet.server(definition.name()).orElse(null);
        if (known != null && !isLabelled(known)) {
            tell(node, container, definition.name() + " comes from " + known.definition().managedBy().place());
            return null;
        }
        if (known != null && !isThis(known.definition(), node, container)) {
            tell(node, container, definition.name() + " is another container");
            return null;
        }
        fleet.define(definition).thenAccept(answer -> {
            if (answer instanceof OrderAnswer.Refused(String message)) {
                tell(node, container, message);
            }
        });
        return definition.name();
    }

    private static boolean isThis(ServerDefinition definition, String node, SeenInstance container) {
        return (
            node.equals(definition.node()) &&
            definition.workload() instanceof Workload.Container(String name, _) &&
            name.equals(container.name())
        );
    }

    private synchronized void tell(String node, SeenInstance container, String reason) {
        if (!reason.equals(told.put(node + " " + container.handle(), reason))) {
            log.warn(
                "container with labels left alone node={} container={} reason=\"{}\"",
                node,
                container.name(),
                reason
            );
        }
    }

    private void gone(NodeLink node, ServerView server) {
        Instant since = missing.putIfAbsent(server.name(), time.now());
        if (since == null) {
            node.lookForLabelled(LEFT_FOR_GOOD);
        } else if (!time.now().isBefore(since.plus(LEFT_FOR_GOOD))) {
            missing.remove(server.name());
            fleet.forget(server.name(), new Cause(Cause.Kind.RECONCILIATION));
            // Another container may have waited for the name.
            node.lookForLabelled(LOOK_AGAIN);
        }
    }
}
