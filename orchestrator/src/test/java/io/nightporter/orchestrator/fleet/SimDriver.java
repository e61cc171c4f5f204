package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.DriverListener;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.NameTakenException;
import io.nightporter.orchestrator.driver.NodeFacts;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.PullProgress;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One process's way to a {@link SimNode}. Faults can be laid in its way. */
final class SimDriver implements Driver {

    /** Is asked before and after each call that brings something about; may throw. */
    @FunctionalInterface
    interface Fault {
        Fault NONE = (_, _) -> {};

        /** @param call such as {@code start survival} */
        void at(String call, boolean before) throws DriverException;
    }

    private final SimNode node;
    private final Fault fault;

    SimDriver(SimNode node, Fault fault) {
        this.node = node;
        this.fault = fault;
    }

    @FunctionalInterface
    private interface Call {
        void on(SimNode.Container container) throws DriverException;
    }

    private void reach() throws NodeUnreachableException {
        if (node.cut) {
            throw new NodeUnreachableException(node.name, "its network is cut", null);
        }
    }

    private void call(String verb, String handle, Call call) throws DriverException {
        reach();
        SimNode.Container container = node
            .find(handle)
            .orElseThrow(() -> new InstanceNotFoundException(node.name, handle));
        String deed = verb + " " + container.spec.server();
        fault.at(deed, true);
        node.deeds.add(deed);
        call.on(container);
        fault.at(deed, false);
    }

    @Override
    public void ping() throws NodeUnreachableException {
        reach();
    }

    @Override
    public NodeFacts facts() throws DriverException {
        reach();
        return new NodeFacts("simulated", null, null);
    }

    @Override
    public List<SeenInstance> list(String fleet) throws DriverException {
        reach();
        return node.containers
            .values()
            .stream()
            .filter(one -> fleet.equals(one.labels.get(Labels.FLEET)))
            .map(SimNode.Container::look)
            .toList();
    }

    @Override
    public List<SeenInstance> labelled(String label) throws DriverException {
        reach();
        return node.containers
            .values()
            .stream()
            .filter(one -> one.labels.containsKey(label))
            .map(SimNode.Container::look)
            .toList();
    }

    @Override
    public Optional<SeenInstance> find(String nameOrHandle) throws DriverException {
        reach();
        return node.find(nameOrHandle).map(SimNode.Container::look);
    }

    @Override
    public void prepare(InstanceSpec spec, PullProgress progress) throws DriverException {
        reach();
        fault.at("prepare " + spec.server(), true);
        progress.at(0.5, "1 of 2 MB");
        fault.at("prepare " + spec.server(), false);
    }

    @Override
    public SeenInstance create(InstanceSpec spec) throws DriverException {
        reach();
        fault.at("create " + spec.server(), true);
        if (node.find(spec.name()).isPresent()) {
            throw new NameTakenException(node.name, spec.name());
        }
        node.deeds.add("create " + spec.server());
        SimNode.Container container = node.create(spec, new TreeMap<>(spec.allLabels()));
        fault.at("create " + spec.server(), false);
        return container.look();
    }

    @Override
    public void start(String handle) throws DriverException {
        call("start", handle, node::start);
    }

    @Override
    public void pause(String handle) throws DriverException {
        call("pause", handle, node::pause);
    }

    @Override
    public void unpause(String handle) throws DriverException {
        call("unpause", handle, node::unpause);
    }

    @Override
    public void stop(String handle) throws DriverException {
        call("stop", handle, node::stop);
    }

    @Override
    public void kill(String handle) throws DriverException {
        call("kill", handle, container -> node.end(container, container.run, 137));
    }

    @Override
    public void remove(String handle) throws DriverException {
        call("remove", handle, container -> {
            if (container.state.alive()) {
                throw new NodeRefusedException(node.name, "it runs", "Stop it first.", null);
            }
            node.remove(container);
        });
    }

    @Override
    public List<String> logs(String handle, int lines) throws DriverException {
        reach();
        return List.of("[Server thread/INFO]: Starting minecraft server", "[Server thread/ERROR]: out of luck");
    }

    @Override
    public boolean type(String handle, String line) throws DriverException {
        if (node.typed == null) {
            return false;
        }
        reach();
        node.typed.add(line);
        return true;
    }

    @Override
    public byte @Nullable [] read(InstanceSpec spec, String path, int limit) throws DriverException {
        reach();
        node.reads++;
        if (node.broken) {
            throw new NodeRefusedException(node.name, path + " is longer than it may be", "Make it shorter.", null);
        }
        String text = node.files.get(spec.server() + "/" + path);
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Subscription subscribe(DriverListener listener) {
        node.listeners.add(listener);
        return () -> node.listeners.remove(listener);
    }

    @Override
    public void close() {}
}
