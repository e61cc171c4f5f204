package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.orchestrator.store.Change;
import io.nightporter.orchestrator.store.SqlStore;
import io.nightporter.orchestrator.store.Store;
import io.nightporter.orchestrator.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A fleet on simulated nodes in simulated time, with a real store, that can be killed and opened again. */
final class SimHouse implements AutoCloseable {

    static final Cause STEVE = Cause.player("8667ba71-b85a-4004-af54-457a9734eed7", "Steve");
    static final Cause ADMIN = Cause.order("admin");

    final SimTime time = new SimTime();
    final Map<String, SimNode> nodes = new LinkedHashMap<>();
    final Map<String, Integer> players = new LinkedHashMap<>();
    final List<FleetEvent> events = new ArrayList<>();
    final Store store;
    PlayerGateway gateway = server -> CompletableFuture.completedFuture(players.getOrDefault(server, 0));
    ServerConsole console = ServerConsole.NONE;
    SimDriver.Fault fault = SimDriver.Fault.NONE;
    /** Is told the number of each write and each call that brings something about; may end the life. */
    IntConsumer interaction = _ -> {};
    int interactions;
    /** Which writes the database does not do. */
    Predicate<List<Change>> unwritable = _ -> false;
    SimTime.Life life = time.new Life();
    private Orchestrator fleet;

    SimHouse(Path folder) {
        store = SqlStore.open("sqlite:fleet.db?synchronous=OFF", folder);
        fleet = open();
        node("n1");
    }

    Orchestrator fleet() {
        return fleet;
    }

    SimNode node() {
        return node("n1");
    }

    SimNode node(String name) {
        SimNode known = nodes.get(name);
        if (known != null) {
            return known;
        }
        var made = new SimNode(name, time);
        nodes.put(name, made);
        fleet.define(new NodeDefinition(name, "docker"));
        time.settle();
        return made;
    }

    private Orchestrator open() {
        SimTime.Life mine = life;
        var opened = Orchestrator.open(
            new FleetParts(
                mortal(mine),
                definition -> driver(definition, mine),
                new SimProbe(nodes),
                (address, rcon, command) -> console.type(address, rcon, command),
                server -> gateway.count(server),
                Placement.ROOMIEST,
                mine,
                FleetSettings.DEFAULT,
                SimHouse::labelled
            )
        );
        opened.subscribe(events::add);
        return opened;
    }

    private Driver driver(NodeDefinition definition, SimTime.Life mine) throws BadDefinitionException {
        SimNode node = nodes.get(definition.name());
        if (node == null) {
            throw new BadDefinitionException("there is no such machine", "Make one.", null);
        }
        return new SimDriver(node, (call, before) -> {
            touch(mine);
            fault.at(call, before);
        });
    }

    /** The store as one process sees it: each write may be its last, before or after. */
    private Store mortal(SimTime.Life mine) {
        return (Store) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] { Store.class },
            (_, method, arguments) -> {
                boolean write =
                    method.getName().equals("write") && arguments[0] instanceof List<?> changes && !changes.isEmpty();
                try {
                    if (method.getName().equals("write")) {
                        refuse(arguments[0]);
                    }
                    if (write) {
                        touch(mine);
                    }
                    Object result =
                        method.getName().equals("write") && arguments[0] instanceof Change[] changes
                            ? write(mine, changes)
                            : method.invoke(store, arguments);
                    if (write) {
                        touch(mine);
                    }
                    return result;
                } catch (InvocationTargetException e) {
                    throw e.getCause() == null ? e : e.getCause();
                }
            }
        );
    }

    private void refuse(Object changes) {
        List<Change> all = new ArrayList<>();
        for (Object change : changes instanceof Change[] array ? List.of(array) : (List<?>) changes) {
            all.add((Change) change);
        }
        if (unwritable.test(all)) {
            throw new StoreException("the database is away", null);
        }
    }

    private Object write(SimTime.Life mine, Change... changes) {
        touch(mine);
        store.write(changes);
        touch(mine);
        return changes;
    }

    private void touch(SimTime.Life mine) {
        if (!mine.over()) {
            interaction.accept(++interactions);
        }
        if (mine.over()) {
            throw new SimTime.Killed();
        }
    }

    /** As if by {@code kill -9}: nothing more is written, called or told by the fleet that there was. */
    void kill() {
        life.end();
        nodes.values().forEach(node -> node.listeners.clear());
    }

    void reopen() {
        kill();
        life = time.new Life();
        fleet = open();
        time.settle();
    }

    /** The simplest reader of labels: the hosts, the name, and who owns it. */
    private static @Nullable ServerDefinition labelled(String node, String container, Map<String, String> labels) {
        String host = labels.getOrDefault(Labels.HOST, "");
        if (host.equals("wrong")) {
            return null;
        }
        return ServerDefinition.named(
            labels.getOrDefault("nightporter.name", container),
            new Workload.Container(container, 25_565)
        )
            .managedBy(ManagedBy.DOCKER)
            .node(node)
            .hosts(List.of(host.split(",")))
            .plan(Plan.PAY_PER_USE)
            .build();
    }

    static ServerDefinition server(String name) {
        return ServerDefinition.named(name, new Workload.Image("itzg/minecraft-server", Map.of("EULA", "TRUE")))
            .node("n1")
            .plan(Plan.PAY_PER_USE)
            .build();
    }

    void define(ServerDefinition definition) {
        fleet.define(definition);
        time.settle();
    }

    WakeAnswer wake(String server) {
        return now(fleet.wake(server, STEVE));
    }

    /** A player is on the server, or one less. */
    void players(String server, int number) {
        players.put(server, number);
        fleet.playersChanged(server, number);
        time.settle();
    }

    <T> T now(CompletableFuture<T> answer) {
        time.settle();
        try {
            if (!answer.isDone()) {
                throw new AssertionError("no answer at once");
            }
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    ServerView view(String server) {
        return fleet.server(server).orElseThrow();
    }

    Phase phase(String server) {
        return view(server).phase();
    }

    void pass(Duration duration) {
        time.pass(duration);
    }

    void seconds(long seconds) {
        time.pass(Duration.ofSeconds(seconds));
    }

    /** Wakes it and waits until it is awake. */
    void awake(String server) {
        wake(server);
        seconds(25);
        if (phase(server) != Phase.AWAKE) {
            throw new AssertionError(server + " is " + view(server));
        }
    }

    long events(FleetEvent.Kind kind) {
        return events
            .stream()
            .filter(event -> event.kind() == kind)
            .count();
    }

    @Override
    public void close() {
        kill();
        store.close();
    }
}
