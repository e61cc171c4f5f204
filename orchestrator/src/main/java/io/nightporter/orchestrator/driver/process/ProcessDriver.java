package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.BadDefinitionException;
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
import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers as processes of this machine. Each is begun in a session of its own, so that neither a signal to Nightporter's
 * terminal nor Nightporter's end is its end, and is known again by its pid together with the time at which it began.
 *
 * <p>The node's endpoint is its folder: working folders of the servers, called after them, and records under {@code
 * .nightporter}. Its setting {@code ports} is the range from which ports are chosen.
 */
public final class ProcessDriver implements Driver {

    private static final Logger log = LoggerFactory.getLogger(ProcessDriver.class);

    private final String node;
    private final Path data;
    private final long logBytes;
    private final Records records;
    private final Calls calls;
    private final Instances instances;
    private final Watch watch;
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private boolean adopted;

    /**
     * @param data the node's folder
     * @param setsid see {@link Launcher}
     * @param logBytes how long the file may become that an instance prints into
     */
    ProcessDriver(NodeDefinition node, Path data, @Nullable Path setsid, long logBytes) throws BadDefinitionException {
        this.node = node.name();
        this.data = data.toAbsolutePath().normalize();
        this.logBytes = logBytes;
        this.records = new Records(this.data);
        this.calls = new Calls(node.name(), this.data);
        this.watch = new Watch(node.name(), this::watchAll);
        this.instances = new Instances(
            node.name(),
            node.address() == null ? "127.0.0.1" : node.address(),
            records,
            new Launcher(setsid),
            FreePorts.of(node.name(), node.settings().get(ProcessDrivers.PORTS)),
            watch
        );
    }

    // How calls are made.

    private interface Deed {
        void on(ProcessRecord record, SeenInstance seen) throws DriverException, IOException, InterruptedException;
    }

    /** Does something with an instance, and looks what came of it. */
    private void with(String handle, Deed deed) throws DriverException {
        String name = Records.nameOf(handle).orElseThrow(() -> new InstanceNotFoundException(node, handle));
        calls.oneAtATime(records.folder(name), () -> {
            records.open();
            ProcessRecord record = records.find(handle).orElseThrow(() -> new InstanceNotFoundException(node, handle));
            deed.on(record, instances.look(record));
            Optional<ProcessRecord> after = records.find(handle);
            if (after.isPresent()) {
                instances.look(after.get());
            }
            return true;
        });
    }

    private NodeRefusedException doesNotRun(ProcessRecord record) {
        return new NodeRefusedException(node, record.name() + " does not run", "Start the server first.", null);
    }

    // What the node is.

    @Override
    public void ping() throws NodeUnreachableException {
        try {
            records.open();
        } catch (IOException e) {
            throw new NodeUnreachableException(node, "its folder " + data + " cannot be used, " + e.getMessage(), e);
        }
    }

    @Override
    public NodeFacts facts() throws DriverException {
        return calls.make(() ->
            new NodeFacts(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                ProcessTable.memoryBytes(),
                Runtime.getRuntime().availableProcessors()
            )
        );
    }

    @Override
    public List<SeenInstance> list(String fleet) throws DriverException {
        List<SeenInstance> all = new ArrayList<>();
        for (String name : names()) {
            look(name)
                .filter(seen -> fleet.equals(seen.labels().get(Labels.FLEET)))
                .ifPresent(all::add);
        }
        return all;
    }

    private List<String> names() throws DriverException {
        return calls.make(() -> {
            records.open();
            return records.names();
        });
    }

    /** One that cannot be read is no reason not to see the others. */
    private Optional<SeenInstance> look(String name) throws DriverException {
        try {
            return find(name);
        } catch (NodeRefusedException e) {
            if (unreadable.add(name)) {
                log.error("instance left out node={} instance={} reason=\"{}\"", node, name, e.getMessage());
            }
            return Optional.empty();
        }
    }

    @Override
    public Optional<SeenInstance> find(String nameOrHandle) throws DriverException {
        Optional<String> name = Records.nameOf(nameOrHandle);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return calls.oneAtATime(records.folder(name.get()), () -> {
            records.open();
            Optional<ProcessRecord> record = records.find(nameOrHandle);
            return record.isEmpty() ? Optional.empty() : Optional.of(instances.look(record.get()));
        });
    }

    // How instances come and go.

    @Override
    public void prepare(InstanceSpec spec, PullProgress progress) throws DriverException {
        ProcessRecord record = Definitions.check(spec);
        Path directory = directory(record);
        String path = record.command().env().getOrDefault("PATH", System.getenv("PATH"));
        String program = record.command().command().getFirst();
        if (!program.contains("{port") && Launcher.find(program, path, directory) == null) {
            throw new BadDefinitionException(
                "there is no program " + program + " on node " + node,
                "Install it, or write its whole path; a path with a slash that begins with none counts from " +
                    directory +
                    ".",
                null
            );
        }
    }

    @Override
    public SeenInstance create(InstanceSpec spec) throws DriverException {
        ProcessRecord record = Definitions.check(spec);
        return calls.oneAtATime(records.folder(spec.name()), () -> {
            records.open();
            if (!records.create(record)) {
                throw new NameTakenException(node, spec.name());
            }
            SeenInstance made = instances.look(record);
            watch.created(made);
            return made;
        });
    }

    /** Where it runs. */
    private Path directory(ProcessRecord record) {
        return data.resolve(Objects.requireNonNullElse(record.command().directory(), record.server()));
    }

    @Override
    public void start(String handle) throws DriverException {
        with(handle, (record, seen) -> {
            if (seen.alive()) {
                instances.freeze(record, false);
            } else {
                ProcessRecord resting = records.find(handle).orElse(record);
                instances.start(resting, directory(resting));
            }
        });
    }

    @Override
    public void pause(String handle) throws DriverException {
        with(handle, (record, seen) -> {
            if (!seen.alive()) {
                throw doesNotRun(record);
            }
            instances.freeze(record, true);
        });
    }

    @Override
    public void unpause(String handle) throws DriverException {
        with(handle, (record, seen) -> {
            if (!seen.alive()) {
                throw doesNotRun(record);
            }
            // Also one that does not look frozen: a shell that was about to begin a program waits for that one, which is.
            instances.freeze(record, false);
        });
    }

    @Override
    public void stop(String handle) throws DriverException {
        with(handle, (record, seen) -> {
            if (!seen.alive()) {
                return;
            }
            ProcessGroup group = instances.group(record);
            switch (Definitions.stop(record.command())) {
                case Definitions.Stop.Signal signal -> group.signal(signal.number());
                case Definitions.Stop.Line line -> ConsoleInput.type(
                    Launcher.console(records.folder(record.name())),
                    line.text()
                );
            }
            group.signal(Signals.CONT);
        });
    }

    @Override
    public void kill(String handle) throws DriverException {
        with(handle, (record, seen) -> {
            if (seen.alive()) {
                instances.kill(record);
            }
        });
    }

    @Override
    public void remove(String handle) throws DriverException {
        try {
            with(handle, (record, seen) -> {
                if (seen.alive()) {
                    throw new NodeRefusedException(node, record.name() + " runs", "Stop the server first.", null);
                }
                records.remove(record.name());
                watch.removed(seen);
            });
        } catch (InstanceNotFoundException _) {
            // It is what is wanted.
        }
    }

    @Override
    public List<String> logs(String handle, int lines) throws DriverException {
        return calls.make(() -> {
            ProcessRecord record = records.find(handle).orElseThrow(() -> new InstanceNotFoundException(node, handle));
            return new ConsoleLog(records.folder(record.name())).last(lines);
        });
    }

    @Override
    public boolean type(String handle, String line) throws DriverException {
        with(handle, (record, seen) -> {
            if (seen.state() != State.RUNNING) {
                throw doesNotRun(record);
            }
            ConsoleInput.type(Launcher.console(records.folder(record.name())), line);
        });
        return true;
    }

    @Override
    public byte @Nullable [] read(InstanceSpec spec, String path, int limit) throws DriverException {
        ProcessRecord record = Definitions.check(spec);
        Optional<byte[]> found = calls.make(() -> {
            Path file = directory(record).resolve(path);
            // Whoever opens a pipe waits for somebody to write into it.
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(limit + 1);
                if (content.length > limit) {
                    throw new NodeRefusedException(
                        node,
                        file + " is longer than " + limit + " bytes",
                        "Make it shorter.",
                        null
                    );
                }
                return Optional.of(content);
            }
        });
        return found.orElse(null);
    }

    // What happens by itself.

    @Override
    public Subscription subscribe(DriverListener listener) {
        return watch.subscribe(listener);
    }

    private void watchAll() {
        if (!adopted) {
            adopt();
        }
        for (String name : instances.running()) {
            try {
                new ConsoleLog(records.folder(name)).bound(logBytes);
                if (instances.changed(name)) {
                    find(name);
                }
            } catch (DriverException | IOException e) {
                if (!Thread.currentThread().isInterrupted() && unreadable.add(name)) {
                    log.error("watching failed node={} instance={} reason=\"{}\"", node, name, e.getMessage());
                }
            }
        }
    }

    /** Those that an earlier Nightporter began are watched as well, whether anybody asks for them or not. */
    private void adopt() {
        try {
            for (String name : names()) {
                look(name);
            }
            adopted = true;
        } catch (DriverException _) {
            // A folder that cannot be used is found out by a ping. It is tried again.
        }
    }

    @Override
    public void close() {
        watch.close();
    }

    @Override
    public String toString() {
        return "process driver of node " + node;
    }
}
