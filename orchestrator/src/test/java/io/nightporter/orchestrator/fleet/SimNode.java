package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverEvent.Change;
import io.nightporter.orchestrator.driver.DriverListener;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.SeenInstance.Health;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine that servers run on, as if. It goes on whatever becomes of Nightporter. */
final class SimNode {

    /** How the servers behave that are started on it. */
    static final class Behaviour {

        Duration boot = Duration.ofSeconds(20);
        Duration stop = Duration.ofSeconds(3);

        /** After so long in its boot it ends with exit code 1; null: it does not. */
        @Nullable
        Duration crashAfter;

        boolean neverReady;
        boolean ignoresStop;
        boolean hangs;
        int playersOfItsOwn;
    }

    /** One instance. */
    final class Container {

        final InstanceSpec spec;
        final Map<String, String> labels;
        final String handle;
        State state = State.CREATED;

        @Nullable
        Instant startedAt;

        @Nullable
        Integer exitCode;

        int run;
        int port;

        Container(InstanceSpec spec, Map<String, String> labels) {
            this.spec = spec;
            this.labels = labels;
            this.handle = "h" + ++handles;
        }

        SeenInstance look() {
            Map<Integer, HostAndPort> ports = state.alive() ? Map.of(25_565, new HostAndPort(name, port)) : Map.of();
            return new SeenInstance(handle, spec.name(), labels, state, Health.NONE, ports, startedAt, exitCode);
        }

        boolean ready() {
            Instant started = startedAt;
            return (
                state == State.RUNNING &&
                started != null &&
                !behaviour(spec.server()).neverReady &&
                !time.now().isBefore(started.plus(behaviour(spec.server()).boot))
            );
        }
    }

    final String name;
    final SimTime time;
    final Map<String, Container> containers = new LinkedHashMap<>();
    final Map<String, Behaviour> behaviours = new LinkedHashMap<>();
    final List<DriverListener> listeners = new ArrayList<>();
    /** Every start, stop, kill …, as {@code start survival}, in this order. */
    final List<String> deeds = new ArrayList<>();
    /** What servers have in their folders, by {@code server/path}. */
    final Map<String, String> files = new LinkedHashMap<>();
    int reads;
    /** Its files cannot be read. */
    boolean broken;

    /** What was typed into the servers' consoles; null: they have none. */
    @Nullable
    List<String> typed;

    boolean cut;
    /** While this is set, nobody is told what happens. */
    boolean silent;
    private int handles;
    private int ports = 30_000;

    SimNode(String name, SimTime time) {
        this.name = name;
        this.time = time;
    }

    Behaviour behaviour(String server) {
        return behaviours.computeIfAbsent(server, _ -> new Behaviour());
    }

    Optional<Container> find(String nameOrHandle) {
        return containers
            .values()
            .stream()
            .filter(one -> one.handle.equals(nameOrHandle) || one.spec.name().equals(nameOrHandle))
            .findFirst();
    }

    /** The instance of a server, whatever it is called. */
    Container of(String server) {
        return containers
            .values()
            .stream()
            .filter(one -> one.spec.server().equals(server))
            .findFirst()
            .orElseThrow();
    }

    long alive(String server) {
        return containers
            .values()
            .stream()
            .filter(one -> one.spec.server().equals(server) && one.state.alive())
            .count();
    }

    long deeds(String deed) {
        return deeds.stream().filter(deed::equals).count();
    }

    Container create(InstanceSpec spec, Map<String, String> labels) {
        var container = new Container(spec, labels);
        containers.put(container.handle, container);
        tell(container, Change.CREATED);
        return container;
    }

    void start(Container container) {
        if (container.state.alive()) {
            unpause(container);
            return;
        }
        container.state = State.RUNNING;
        container.startedAt = time.now();
        container.exitCode = null;
        container.port = ++ports;
        int run = ++container.run;
        Duration crash = behaviour(container.spec.server()).crashAfter;
        if (crash != null) {
            time.after(crash, () -> end(container, run, 1));
        }
        tell(container, Change.STARTED);
    }

    void unpause(Container container) {
        if (container.state == State.PAUSED) {
            container.state = State.RUNNING;
            tell(container, Change.UNPAUSED);
        }
    }

    void pause(Container container) {
        container.state = State.PAUSED;
        tell(container, Change.PAUSED);
    }

    void stop(Container container) {
        unpause(container);
        int run = container.run;
        if (!behaviour(container.spec.server()).ignoresStop) {
            time.after(behaviour(container.spec.server()).stop, () -> end(container, run, 0));
        }
    }

    void end(Container container, int run, int exitCode) {
        if (container.state.alive() && container.run == run) {
            container.state = State.ENDED;
            container.exitCode = exitCode;
            tell(container, Change.ENDED);
        }
    }

    void remove(Container container) {
        containers.remove(container.handle);
        tell(container, Change.REMOVED);
    }

    private void tell(Container container, Change change) {
        if (cut || silent) {
            return;
        }
        var event = new DriverEvent.Changed(
            container.handle,
            container.spec.name(),
            container.labels,
            change,
            container.exitCode
        );
        List.copyOf(listeners).forEach(listener -> time.after(Duration.ofMillis(5), () -> listener.heard(event)));
    }
}
