package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet: has an actor for each server and a link to each node, made from the store when it is opened. What the nodes say
 * is the truth that the records are then made to agree with; opening and closing it stops no server.
 */
public final class Orchestrator implements Fleet, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Orchestrator.class);

    private static final Duration TIDY_EVERY = Duration.ofHours(6);
    private static final int CLOSE_SECONDS = 10;

    private final FleetParts parts;
    private final Roster roster;
    private final List<FleetListener> listeners = new CopyOnWriteArrayList<>();
    private final Nodes nodes;
    private final Surroundings surroundings;

    private volatile boolean closed;

    private Orchestrator(FleetParts parts) {
        this.parts = parts;
        this.roster = new Roster(parts, this::actor, this::tell);
        var labelled = new LabelledServers(this, parts.containers(), parts.time());
        this.nodes = new Nodes(parts, labelled, roster, this::tell);
        this.surroundings = new Neighbourhood(parts, this, nodes, roster);
    }

    /**
     * Takes up the work where the store says it was left. Returns when the records are read; what the nodes say comes in
     * after that.
     */
    public static Orchestrator open(FleetParts parts) {
        var fleet = new Orchestrator(parts);
        try {
            fleet.load();
        } catch (RuntimeException e) {
            fleet.nodes.close();
            throw e;
        }
        return fleet;
    }

    private void load() {
        Map<String, ServerState> states = byKey(parts.store().states(), ServerState::server);
        Map<String, Instance> instances = byKey(parts.store().instances(), Instance::server);
        Map<String, Operation> operations = byKey(parts.store().runningOperations(), Operation::id);
        parts.store().nodes().forEach(nodes::load);
        for (ServerDefinition server : parts.store().servers()) {
            ServerState state = states.getOrDefault(
                server.name(),
                ServerState.asleep(server.name(), parts.time().now())
            );
            Operation going = state.operation() == null ? null : operations.remove(state.operation());
            roster.add(new Dossier.Records(server, state, instances.get(server.name()), going));
        }
        nodes.open();
        roster.actors().forEach(ServerActor::poke);
        tidyLater();
    }

    private void tidyLater() {
        parts.time().after(TIDY_EVERY, () -> {
            if (closed) {
                return;
            }
            try {
                parts.store().forgetBefore(parts.time().now().minus(parts.settings().keepHistory()));
            } catch (StoreException e) {
                log.warn("history not tidied up reason=\"{}\"", e.getMessage());
            }
            tidyLater();
        });
    }

    private static <T> Map<String, T> byKey(List<T> all, Function<T, String> key) {
        var map = new HashMap<String, T>();
        all.forEach(one -> map.put(key.apply(one), one));
        return map;
    }

    private ServerActor actor(Dossier.Records records) {
        return new ServerActor(surroundings, records, this::tell);
    }

    private void tell(FleetEvent event) {
        log.info("fleet event kind={}{} message=\"{}\"", event.kind(), fields(event), event.message());
        for (FleetListener listener : listeners) {
            try {
                listener.heard(event);
            } catch (RuntimeException e) {
                log.error("fleet listener failed kind={}", event.kind(), e);
            }
        }
    }

    /** Of what the event is about, those that there are. */
    private static String fields(FleetEvent event) {
        return (
            (event.server() == null ? "" : " server=" + event.server()) +
            (event.node() == null ? "" : " node=" + event.node()) +
            (event.operation() == null ? "" : " operation=" + event.operation())
        );
    }

    // What the proxy may ask.

    @Override
    public Optional<ServerView> server(String name) {
        return Optional.ofNullable(roster.view(name));
    }

    @Override
    public List<ServerView> servers() {
        return roster.views();
    }

    @Override
    public CompletableFuture<WakeAnswer> wake(String server, Cause cause) {
        ServerActor actor = roster.actor(server);
        if (actor != null) {
            return actor.wake(cause);
        }
        ServerView view = roster.elsewhere(server);
        return CompletableFuture.completedFuture(view == null ? new WakeAnswer.Unknown() : new WakeAnswer.Awake(view));
    }

    @Override
    public void playersChanged(String server, int players) {
        ServerActor actor = roster.actor(server);
        if (actor != null) {
            actor.playersChanged(players);
        }
    }

    @Override
    public Subscription subscribe(FleetListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    // What admins may order.

    private CompletableFuture<OrderAnswer> order(
        String server,
        Function<ServerActor, CompletableFuture<OrderAnswer>> order
    ) {
        ServerActor actor = roster.actor(server);
        if (actor != null) {
            return order.apply(actor);
        }
        return CompletableFuture.completedFuture(
            roster.elsewhere(server) != null
                ? new OrderAnswer.Refused(server + " is somebody else's server: Nightporter only sends players there.")
                : new OrderAnswer.Unknown()
        );
    }

    /** Stops a server, saving it first where there is a console. Neither its plan nor its schedule starts it again. */
    public CompletableFuture<OrderAnswer> stop(String server, Cause cause) {
        return order(server, actor -> actor.stop(cause));
    }

    public CompletableFuture<OrderAnswer> restart(String server, Cause cause) {
        return order(server, actor -> actor.restart(cause));
    }

    /** Wakes a server and keeps it awake, until it is unpinned or stopped. */
    public CompletableFuture<OrderAnswer> pin(String server, String who) {
        return order(server, actor -> actor.pin(who, Cause.order(who)));
    }

    /**
     * Calls off what is being done: a start that nobody waits for, with which whatever was started is stopped, or a stop as
     * long as the server was not asked to.
     *
     * @param operation its id
     */
    public CompletableFuture<OrderAnswer> cancel(String operation, String who) {
        var answer = new CompletableFuture<OrderAnswer>();
        parts.time().run(() -> {
            try {
                cancel(parts.store().operation(operation).orElse(null), who).whenComplete((given, trouble) -> {
                    if (trouble == null) {
                        answer.complete(given);
                    } else {
                        answer.completeExceptionally(trouble);
                    }
                });
            } catch (StoreException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private CompletableFuture<OrderAnswer> cancel(@Nullable Operation operation, String who) {
        if (operation == null) {
            return CompletableFuture.completedFuture(new OrderAnswer.Unknown());
        }
        if (operation.state() == Operation.State.CANCELLED) {
            return CompletableFuture.completedFuture(new OrderAnswer.Already("It is cancelled."));
        }
        if (operation.state().over()) {
            return CompletableFuture.completedFuture(new OrderAnswer.Refused("It is over: " + operation.message()));
        }
        return order(operation.server(), actor -> actor.cancel(operation, Cause.order(who)));
    }

    public CompletableFuture<OrderAnswer> unpin(String server, String who) {
        return order(server, actor -> actor.pin(null, Cause.order(who)));
    }

    /**
     * Defines a server, or defines it anew. A server that runs goes on as it is; what concerns its instance holds from its
     * next start on. Blocks for as long as the store takes.
     */
    public CompletableFuture<OrderAnswer> define(ServerDefinition server) {
        return roster.define(server);
    }

    /** Takes a server out of the fleet; one that runs is stopped first. Its data stay where they are. */
    public CompletableFuture<OrderAnswer> remove(String server, ManagedBy by, Cause cause) {
        OrderAnswer answer = roster.remove(server, by);
        return answer != null ? CompletableFuture.completedFuture(answer) : order(server, actor -> actor.remove(cause));
    }

    /** What it consisted of is not there any more, or not its any more: nothing is stopped. */
    void forget(String server, Cause cause) {
        ServerActor actor = roster.actor(server);
        if (actor != null) {
            actor.forgotten(cause);
        }
    }

    /** Adds a node, or changes what is known of it. Blocks for as long as the store takes. */
    public OrderAnswer define(NodeDefinition node) {
        return nodes.define(node);
    }

    /** Takes a node out of the fleet, if no server has its place there. */
    public OrderAnswer removeNode(String name, ManagedBy by) {
        return nodes.remove(name, by);
    }

    /**
     * No more servers are started on a node, or they are again. What runs there goes on. Holds until the next such order,
     * whoever manages the node.
     */
    public OrderAnswer drain(String node, boolean draining, String who) {
        return nodes.drain(node, draining, who);
    }

    /** All nodes, by name. */
    public List<NodeView> nodes() {
        return nodes.views();
    }

    /**
     * What a server's instance has printed lately, oldest first. Blocks.
     *
     * @throws DriverException when the node does not tell
     */
    public List<String> logs(String server, int lines) throws DriverException {
        ServerActor actor = roster.actor(server);
        Instance instance = actor == null ? null : actor.view().instance();
        if (instance == null || instance.handle() == null) {
            return List.of();
        }
        NodeLink link = nodes.link(instance.node());
        if (link == null) {
            throw new NodeUnreachableException(instance.node(), "it is not defined", null);
        }
        return link.driver().logs(instance.handle(), lines);
    }

    /** No server is stopped; whatever was going on is taken up when the fleet is opened again. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<?>[] all = roster
            .actors()
            .stream()
            .map(ServerActor::close)
            .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
        nodes.close();
    }
}
