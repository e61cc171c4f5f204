package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Ulid;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.orchestrator.store.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All nodes, and who there has to hear what. Safe for all threads. */
final class Nodes implements NodeLink.Owner, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Nodes.class);

    private final FleetParts parts;
    private final Roster roster;
    private final Consumer<FleetEvent> told;
    /** Instances that should not be there, of which it has been told. */
    private final Set<String> strange = ConcurrentHashMap.newKeySet();
    private final Map<String, NodeLink> links = new ConcurrentSkipListMap<>();

    private final LabelledServers labelled;

    Nodes(FleetParts parts, LabelledServers labelled, Roster roster, Consumer<FleetEvent> told) {
        this.parts = parts;
        this.labelled = labelled;
        this.roster = roster;
        this.told = told;
    }

    /** A node of the store. One that cannot be used is as if it were not there, until it is defined anew. */
    void load(NodeDefinition node) {
        try {
            make(node);
        } catch (BadDefinitionException e) {
            log.error("node not usable node={} reason=\"{}\"", node.name(), e.getMessage());
        }
    }

    void open() {
        links.values().forEach(NodeLink::open);
    }

    private NodeLink make(NodeDefinition node) throws BadDefinitionException {
        var link = new NodeLink(node, parts.drivers().open(node), parts.settings(), parts.time(), this);
        links.put(node.name(), link);
        return link;
    }

    @Nullable
    NodeLink link(String name) {
        return links.get(name);
    }

    synchronized OrderAnswer define(NodeDefinition written) {
        NodeLink known = links.get(written.name());
        String drainedBy = known == null ? null : known.definition().drainedBy();
        // An order holds until there is another one, however often the definition is read again.
        NodeDefinition node = drainedBy == null ? written : written.withDraining(true, drainedBy);
        if (known != null && known.definition().managedBy() != node.managedBy()) {
            return Roster.notYours(node.name(), known.definition().managedBy());
        }
        if (known != null && known.definition().equals(node)) {
            return new OrderAnswer.Already("Node " + node.name() + " is defined like that.");
        }
        NodeLink made = null;
        if (known != null && sameDriver(known.definition(), node)) {
            known.redefine(node);
        } else {
            try {
                made = make(node);
            } catch (BadDefinitionException e) {
                return new OrderAnswer.Refused(String.valueOf(e.getMessage()));
            }
        }
        parts.store().write(new Change.PutNode(node, parts.time().now()));
        record(FleetEvent.Kind.NODE_DEFINED, node.name(), "Node " + node.name() + " was defined.");
        if (made != null) {
            if (known != null) {
                known.close();
                on(node.name()).forEach(ServerActor::nodeLost);
            }
            made.open();
        }
        return new OrderAnswer.Already("Node " + node.name() + " was defined.");
    }

    /** Whether the one's driver does for the other. */
    private static boolean sameDriver(NodeDefinition one, NodeDefinition other) {
        return new NodeDefinition(
            one.name(),
            one.managedBy(),
            one.driver(),
            one.endpoint(),
            one.settings(),
            one.address(),
            other.resources(),
            other.price(),
            other.draining(),
            other.drainedBy()
        ).equals(other);
    }

    synchronized OrderAnswer remove(String name, ManagedBy by) {
        NodeLink link = links.get(name);
        if (link == null) {
            return new OrderAnswer.Unknown();
        }
        if (link.definition().managedBy() != by) {
            return Roster.notYours(name, link.definition().managedBy());
        }
        List<String> there = on(name).stream().map(ServerActor::name).toList();
        if (!there.isEmpty()) {
            return new OrderAnswer.Refused(
                "Node " + name + " has the servers " + String.join(", ", there) + ". Move or remove them first."
            );
        }
        links.remove(name);
        link.close();
        parts.store().write(new Change.RemoveNode(name));
        record(FleetEvent.Kind.NODE_REMOVED, name, "Node " + name + " was removed.");
        return new OrderAnswer.Already("Node " + name + " was removed.");
    }

    synchronized OrderAnswer drain(String name, boolean draining, String who) {
        NodeLink link = links.get(name);
        if (link == null) {
            return new OrderAnswer.Unknown();
        }
        String message = "Node " + name + (draining ? " takes no more servers." : " takes servers again.");
        if (link.definition().draining() == draining) {
            return new OrderAnswer.Already(message);
        }
        NodeDefinition node = link.definition().withDraining(draining, who);
        parts.store().write(new Change.PutNode(node, parts.time().now()));
        link.redefine(node);
        record(FleetEvent.Kind.NODE_DEFINED, name, message + " That is an order of " + who + ".");
        on(name).forEach(ServerActor::poke);
        return new OrderAnswer.Already(message);
    }

    private void record(FleetEvent.Kind kind, String node, String message) {
        var now = parts.time().now();
        var event = new FleetEvent(Ulid.MAKER.next(now), now, kind, null, node, null, message, Map.of());
        parts.store().write(new Change.AddEvent(event));
        told.accept(event);
    }

    private List<ServerActor> on(String node) {
        return roster
            .actors()
            .stream()
            .filter(actor -> node.equals(actor.view().node()))
            .toList();
    }

    List<NodeView> views() {
        return links.values().stream().map(this::view).toList();
    }

    private NodeView view(NodeLink link) {
        long promised = 0;
        List<ServerActor> there = on(link.name());
        for (ServerActor actor : there) {
            Long memory = actor.view().definition().resources().memoryBytes();
            promised += memory != null && actor.view().phase().mayRun() ? memory : 0;
        }
        return new NodeView(link.definition(), link.reachable(), promised, there.size());
    }

    @Nullable
    String place(ServerDefinition server) {
        String driver = switch (server.workload()) {
            case Workload.Image _, Workload.Container _ -> "docker";
            case Workload.Command _ -> "process";
            case Workload.Remote _ -> "remote";
            case Workload.Elsewhere _ -> "none";
        };
        List<NodeView> candidates = views()
            .stream()
            .filter(node -> node.reachable() && !node.definition().draining())
            .filter(node -> node.definition().driver().equals(driver))
            .toList();
        return parts.placement().choose(server, candidates);
    }

    // What the links tell.

    @Override
    public void lost(NodeLink node, String reason) {
        record(FleetEvent.Kind.NODE_LOST, node.name(), reason);
        on(node.name()).forEach(ServerActor::nodeLost);
    }

    @Override
    public void seen(NodeLink node, boolean back, List<SeenInstance> instances) {
        if (back) {
            record(FleetEvent.Kind.NODE_BACK, node.name(), "Node " + node.name() + " can be reached again.");
        }
        Map<String, SeenInstance> byServer = new HashMap<>();
        for (SeenInstance instance : instances) {
            String server = instance.server();
            ServerActor actor = server == null ? null : roster.actor(server);
            if (server == null || actor == null) {
                if (strange.add(node.name() + " " + instance.handle())) {
                    log.warn("instance of an unknown server instance={} node={}", instance.name(), node.name());
                }
            } else if (isElsewhere(actor, node) || isOther(actor, instance)) {
                doubled(actor, node, instance);
            } else {
                byServer.put(server, instance);
            }
        }
        for (ServerActor actor : roster.actors()) {
            SeenInstance instance = byServer.get(actor.name());
            String place = actor.view().node();
            if (instance != null || place == null || node.name().equals(place)) {
                actor.listed(node.name(), instance);
            }
        }
    }

    @Override
    public boolean wantsLabelled() {
        return labelled.wanted();
    }

    @Override
    public void labelled(NodeLink node, List<SeenInstance> containers) {
        labelled.found(node, containers);
    }

    /** Whether the records have the server's instance at another node. */
    private static boolean isElsewhere(ServerActor actor, NodeLink node) {
        Instance known = actor.view().instance();
        return known != null && !known.node().equals(node.name());
    }

    /** Whether the records have another instance than this one at the same node. */
    private static boolean isOther(ServerActor actor, SeenInstance instance) {
        Instance known = actor.view().instance();
        return (
            known != null &&
            known.handle() != null &&
            !known.handle().equals(instance.handle()) &&
            !known.name().equals(instance.name())
        );
    }

    private void doubled(ServerActor actor, NodeLink node, SeenInstance instance) {
        if (!strange.add(node.name() + " " + instance.handle() + " " + instance.state())) {
            return;
        }
        String message =
            "A second instance of " + actor.name() + ", " + instance.name() + ", is on node " + node.name() + ".";
        if (!instance.alive()) {
            log.warn("second instance server={} node={} instance={}", actor.name(), node.name(), instance.name());
            return;
        }
        message += " It runs. Nightporter leaves it alone; stop the one that is not wanted.";
        record(FleetEvent.Kind.INSTANCE_DOUBLE, node.name(), message);
    }

    @Override
    public void changed(NodeLink node, DriverEvent.Changed change) {
        String server = change.labels().get(Labels.SERVER);
        ServerActor labelled = server == null ? null : roster.actor(server);
        if (labelled != null) {
            if (node.name().equals(labelled.view().node())) {
                labelled.hint();
            }
            return;
        }
        for (ServerActor actor : on(node.name())) {
            Instance known = actor.view().instance();
            boolean meant =
                Sight.instanceName(parts.settings(), actor.view().definition()).equals(change.name()) ||
                (known != null && change.handle().equals(known.handle()));
            if (meant) {
                actor.hint();
            }
        }
    }

    @Override
    public void close() {
        links.values().forEach(NodeLink::close);
    }
}
