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
import io.nightporter.orchestrator.store.StoreException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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

    /** Without a database for that long, nobody reads what happened at its beginning. */
    private static final int MOST_UNTOLD = 1_000;

    private final FleetParts parts;
    private final Roster roster;
    private final Consumer<FleetEvent> told;
    /** Instances that should not be there, of which it has been told. */
    private final Set<String> strange = ConcurrentHashMap.newKeySet();
    private final Map<String, NodeLink> links = new ConcurrentSkipListMap<>();

    /** What happened and could not be recorded yet. */
    private final Queue<FleetEvent> untold = new ArrayDeque<>();

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
            links.put(node.name(), make(node));
        } catch (BadDefinitionException e) {
            log.error("node not usable node={} reason=\"{}\"", node.name(), e.getMessage());
        }
    }

    void open() {
        links.values().forEach(NodeLink::open);
    }

    private NodeLink make(NodeDefinition node) throws BadDefinitionException {
        return new NodeLink(node, parts.drivers().open(node), parts.settings(), parts.time(), this);
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
        String message = "Node " + node.name() + " was defined.";
        FleetEvent event = event(FleetEvent.Kind.NODE_DEFINED, node.name(), message);
        Change change = new Change.PutNode(node, parts.time().now());
        if (known != null && sameDriver(known.definition(), node)) {
            write(change, event);
            known.redefine(node);
        } else {
            NodeLink made;
            try {
                made = make(node);
            } catch (BadDefinitionException e) {
                return new OrderAnswer.Refused(String.valueOf(e.getMessage()));
            }
            try {
                write(change, event);
            } catch (StoreException e) {
                made.close();
                throw e;
            }
            links.put(node.name(), made);
            if (known != null) {
                known.close();
                on(node.name()).forEach(ServerActor::nodeLost);
            }
            made.open();
        }
        told.accept(event);
        return new OrderAnswer.Already(message);
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
        String message = "Node " + name + " was removed.";
        FleetEvent event = event(FleetEvent.Kind.NODE_REMOVED, name, message);
        write(new Change.RemoveNode(name), event);
        links.remove(name);
        link.close();
        told.accept(event);
        return new OrderAnswer.Already(message);
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
        FleetEvent event = event(FleetEvent.Kind.NODE_DEFINED, name, message + " That is an order of " + who + ".");
        write(new Change.PutNode(node, parts.time().now()), event);
        link.redefine(node);
        told.accept(event);
        on(name).forEach(ServerActor::poke);
        return new OrderAnswer.Already(message);
    }

    private FleetEvent event(FleetEvent.Kind kind, String node, String message) {
        var now = parts.time().now();
        return new FleetEvent(Ulid.MAKER.next(now), now, kind, null, node, null, message, Map.of());
    }

    private void write(Change change, FleetEvent event) {
        parts.store().write(change, new Change.AddEvent(event));
    }

    /** Something happened that nobody asked for: it is told as soon as it can be recorded. */
    private void happened(FleetEvent.Kind kind, String node, String message) {
        synchronized (untold) {
            if (untold.size() < MOST_UNTOLD) {
                untold.add(event(kind, node, message));
            }
        }
    }

    @Override
    public void looked(NodeLink node) {
        synchronized (untold) {
            for (FleetEvent event = untold.peek(); event != null; event = untold.peek()) {
                parts.store().write(new Change.AddEvent(event));
                untold.remove();
                told.accept(event);
            }
        }
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
        happened(FleetEvent.Kind.NODE_LOST, node.name(), reason);
        on(node.name()).forEach(ServerActor::nodeLost);
    }

    @Override
    public void seen(NodeLink node, boolean back, List<SeenInstance> instances) {
        if (back) {
            happened(FleetEvent.Kind.NODE_BACK, node.name(), "Node " + node.name() + " can be reached again.");
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
        happened(FleetEvent.Kind.INSTANCE_DOUBLE, node.name(), message);
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
