package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverListener;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.NameTakenException;
import io.nightporter.orchestrator.driver.NodeFacts;
import io.nightporter.orchestrator.driver.PullProgress;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.SeenInstance.Health;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.driver.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A node in memory, on which everything happens at once. */
final class InstantDriver implements Driver {

    private final Map<String, SeenInstance> instances = new ConcurrentHashMap<>();

    private static SeenInstance instance(String name, Map<String, String> labels, State state) {
        boolean alive = state.alive();
        return new SeenInstance(
            name,
            name,
            labels,
            state,
            Health.NONE,
            alive ? Map.of(25_565, new HostAndPort("127.0.0.1", 25_565)) : Map.of(),
            alive ? Instant.EPOCH : null,
            alive ? null : (Integer) 0
        );
    }

    private void become(String name, State state) throws InstanceNotFoundException {
        SeenInstance before = instances.get(name);
        if (before == null) {
            throw new InstanceNotFoundException("n1", name);
        }
        instances.put(name, instance(name, before.labels(), state));
    }

    @Override
    public void ping() {}

    @Override
    public NodeFacts facts() {
        return new NodeFacts("memory", null, null);
    }

    @Override
    public List<SeenInstance> list(String fleet) {
        return List.copyOf(instances.values());
    }

    @Override
    public Optional<SeenInstance> find(String nameOrHandle) {
        return Optional.ofNullable(instances.get(nameOrHandle));
    }

    @Override
    public void prepare(InstanceSpec spec, PullProgress progress) {}

    @Override
    public SeenInstance create(InstanceSpec spec) throws NameTakenException {
        SeenInstance made = instance(spec.name(), spec.allLabels(), State.CREATED);
        if (instances.putIfAbsent(spec.name(), made) != null) {
            throw new NameTakenException("n1", spec.name());
        }
        return made;
    }

    @Override
    public void start(String handle) throws InstanceNotFoundException {
        become(handle, State.RUNNING);
    }

    @Override
    public void pause(String handle) throws InstanceNotFoundException {
        become(handle, State.PAUSED);
    }

    @Override
    public void unpause(String handle) throws InstanceNotFoundException {
        become(handle, State.RUNNING);
    }

    @Override
    public void stop(String handle) throws InstanceNotFoundException {
        become(handle, State.ENDED);
    }

    @Override
    public void kill(String handle) throws InstanceNotFoundException {
        become(handle, State.ENDED);
    }

    @Override
    public void remove(String handle) {
        instances.remove(handle);
    }

    @Override
    public List<String> logs(String handle, int lines) {
        return List.of("Done!", "Steve joined the game").subList(0, Math.min(lines, 2));
    }

    @Override
    public Subscription subscribe(DriverListener listener) {
        return () -> {};
    }

    @Override
    public void close() {}
}
