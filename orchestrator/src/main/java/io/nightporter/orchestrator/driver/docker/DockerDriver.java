package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Info;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.DriverListener;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.NodeFacts;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.PullProgress;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers of a Docker Engine, or of what speaks its language. Containers that somebody else made are found by their names
 * and are started, paused and stopped like ours, but never removed.
 */
public final class DockerDriver implements Driver {

    /** What nodes call it. */
    public static final String NAME = "docker";

    private static final Logger log = LoggerFactory.getLogger(DockerDriver.class);

    private static final Duration PING = Duration.ofMillis(2_500);
    private static final Duration QUESTION = Duration.ofSeconds(5);
    private static final Duration LISTING = Duration.ofSeconds(10);
    /** Engines make file systems, networks and control groups in these. */
    private static final Duration DEED = Duration.ofSeconds(20);

    private static final String DEFAULT_STOP_SIGNAL = "SIGTERM";

    /** Engines find containers by any beginning of their ids; so much of it is meant to be one. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");

    private final Engine engine;
    private final Endpoint endpoint;
    private final Look look;
    private final Refusals refusals;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    private DockerDriver(Endpoint endpoint) throws BadDefinitionException {
        this.endpoint = endpoint;
        this.engine = new Engine(endpoint);
        this.look = new Look(endpoint);
        this.refusals = new Refusals(endpoint.node());
    }

    /**
     * Does not connect.
     *
     * @param node with an endpoint {@code unix:///path}, {@code ssh://user@host} or {@code tcp://host:port}, and for TLS the
     *     settings {@code ca}, {@code cert} and {@code key}, which name PEM files. The setting {@code publish} is the node's address on which game
     *     ports are published; without it that is the loopback if the node has no {@code address}, otherwise all of them
     * @throws BadDefinitionException when it says something else, or the files cannot be used
     */
    public static DockerDriver open(NodeDefinition node) throws BadDefinitionException {
        return open(node, List.of("ssh"));
    }

    /** @param ssh the program for endpoints that need one, and its first arguments */
    static DockerDriver open(NodeDefinition node, List<String> ssh) throws BadDefinitionException {
        Endpoint endpoint = Endpoint.of(node);
        if (endpoint.isThroughSsh()) {
            return new DockerDriver(endpoint.through(SshTunnel.to(node.name(), ssh, endpoint.uri())));
        }
        if (endpoint.exposed()) {
            log.warn(
                "node without encryption node={} endpoint={} hint=\"whoever can reach or read this connection owns the machine; use TLS\"",
                node.name(),
                endpoint.uri()
            );
        }
        return new DockerDriver(endpoint);
    }

    @Override
    public void ping() throws NodeUnreachableException {
        try {
            engine.call(PING, client -> client.pingCmd().exec());
        } catch (DockerException e) {
            throw engine.unreachable("its engine is not well: " + Refusals.words(e), e);
        }
    }

    @Override
    public NodeFacts facts() throws DriverException {
        Info info = ask(endpoint.node(), QUESTION, client -> client.infoCmd().exec());
        return new NodeFacts("Docker Engine " + info.getServerVersion(), info.getMemTotal(), info.getNCPU());
    }

    @Override
    public List<SeenInstance> list(String fleet) throws DriverException {
        return ask(endpoint.node(), LISTING, client ->
            Listing.of(client, look, containers -> containers.withLabelFilter(Map.of(Labels.FLEET, fleet)))
        );
    }

    @Override
    public List<SeenInstance> labelled(String label) throws DriverException {
        return ask(endpoint.node(), LISTING, client ->
            Listing.of(client, look, containers -> containers.withLabelFilter(List.of(label)))
        );
    }

    @Override
    public Optional<SeenInstance> find(String nameOrHandle) throws DriverException {
        try {
            return Optional.of(look.at(inspect(nameOrHandle)));
        } catch (InstanceNotFoundException _) {
            return Optional.empty();
        }
    }

    private InspectContainerResponse inspect(String nameOrHandle) throws DriverException {
        InspectContainerResponse found = ask(nameOrHandle, QUESTION, client ->
            client.inspectContainerCmd(nameOrHandle).exec()
        );
        boolean meant =
            Look.name(found.getName()).equals(nameOrHandle) ||
            (ID.matcher(nameOrHandle).matches() && found.getId().startsWith(nameOrHandle));
        if (!meant) {
            throw new InstanceNotFoundException(endpoint.node(), nameOrHandle);
        }
        return found;
    }

    @Override
    public void prepare(InstanceSpec spec, PullProgress progress) throws DriverException {
        if (spec.workload() instanceof Workload.Container(String name, _)) {
            inspect(name);
            return;
        }
        Workload.Image image = image(spec);
        Blueprint.check(spec, image);
        try {
            engine.call(QUESTION, client -> client.inspectImageCmd(image.image()).exec());
        } catch (NotFoundException _) {
            ImagePull.pull(engine, image.image(), progress);
        } catch (DockerException e) {
            throw refusals.of(spec.name(), e);
        }
    }

    private Workload.Image image(InstanceSpec spec) throws DriverException {
        return switch (spec.workload()) {
            case Workload.Image image -> image;
            case Workload.Container(String name, _) -> throw new InstanceNotFoundException(endpoint.node(), name);
            case Workload.Command _, Workload.Remote _, Workload.Elsewhere _ -> throw new BadDefinitionException(
                "the server " + spec.server() + " has no image, and the driver " + NAME + " runs nothing else",
                "Write `image:` or `container:`, or name a node with another driver.",
                null
            );
        };
    }

    @Override
    public SeenInstance create(InstanceSpec spec) throws DriverException {
        Workload.Image image = image(spec);
        Blueprint.check(spec, image);
        var blueprint = new Blueprint(endpoint);
        String id = ask(spec.name(), DEED, client -> blueprint.command(client, spec, image).exec().getId());
        return look.at(inspect(id));
    }

    @Override
    public void start(String handle) throws DriverException {
        InspectContainerResponse container = inspect(handle);
        switch (Look.state(container.getState())) {
            case PAUSED -> unpause(handle);
            case RUNNING -> {
            }
            case CREATED, ENDED -> tell(handle, client -> client.startContainerCmd(handle).exec());
        }
    }

    @Override
    public void pause(String handle) throws DriverException {
        if (!paused(handle)) {
            tell(handle, client -> client.pauseContainerCmd(handle).exec());
        }
    }

    @Override
    public void unpause(String handle) throws DriverException {
        if (paused(handle)) {
            tell(handle, client -> client.unpauseContainerCmd(handle).exec());
        }
    }

    private boolean paused(String handle) throws DriverException {
        return Look.state(inspect(handle).getState()) == SeenInstance.State.PAUSED;
    }

    /**
     * Not by the engine's own way to stop, which waits, and kills without a word. An engine that is told to send a container's
     * own stop signal does not restart it, whatever its restart policy, as if it had been asked to stop.
     */
    @Override
    public void stop(String handle) throws DriverException {
        InspectContainerResponse container = inspect(handle);
        SeenInstance.State state = Look.state(container.getState());
        if (!state.alive()) {
            return;
        }
        String signal = stopSignal(container);
        if (!tellRunning(handle, client -> client.killContainerCmd(handle).withSignal(signal).exec())) {
            return;
        }
        if (state == SeenInstance.State.PAUSED) {
            // Docker's engine does it with the signal, and may be doing it just now; others leave it to us.
            unpause(handle);
        }
    }

    private static String stopSignal(InspectContainerResponse container) {
        // The library has no accessor for it, and keeps what it was told of the outermost object only.
        Object config = container.getRawValues().get("Config");
        Object own = config instanceof Map<?, ?> map ? map.get("StopSignal") : null;
        return own instanceof String signal && !signal.isEmpty() ? signal : DEFAULT_STOP_SIGNAL;
    }

    @Override
    public void kill(String handle) throws DriverException {
        InspectContainerResponse container = inspect(handle);
        if (Look.state(container.getState()).alive()) {
            tellRunning(handle, client -> client.killContainerCmd(handle).exec());
        }
    }

    @Override
    public void remove(String handle) throws DriverException {
        Optional<SeenInstance> found = find(handle);
        if (found.isEmpty()) {
            return;
        }
        if (!found.get().labels().containsKey(Labels.FLEET)) {
            throw new NodeRefusedException(
                endpoint.node(),
                "the container " + found.get().name() + " was not made by Nightporter",
                "If it is not wanted any more, remove it there with `docker rm`.",
                null
            );
        }
        try {
            tell(handle, client -> client.removeContainerCmd(handle).exec());
        } catch (InstanceNotFoundException _) {
            // Somebody was faster.
        }
    }

    @Override
    public List<String> logs(String handle, int lines) throws DriverException {
        if (lines <= 0) {
            return List.of();
        }
        inspect(handle);
        var callback = new LogLines(lines);
        try (callback) {
            engine.client().logContainerCmd(handle).withStdOut(true).withStdErr(true).withTail(lines).exec(callback);
            if (!callback.awaitCompletion(QUESTION.toMillis(), TimeUnit.MILLISECONDS)) {
                throw engine.unreachable("it has not sent a log within " + QUESTION.toSeconds() + " s", null);
            }
            callback.check();
            return callback.lines();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw engine.unreachable("the call was interrupted", e);
        } catch (DockerException e) {
            throw refusals.of(handle, e);
        } catch (IOException | RuntimeException e) {
            throw engine.unreachable(Refusals.reason(endpoint, e), e);
        }
    }

    @Override
    public boolean type(String handle, String line) throws DriverException {
        InspectContainerResponse container = inspect(handle);
        boolean open =
            Look.state(container.getState()) == SeenInstance.State.RUNNING &&
            Boolean.TRUE.equals(container.getConfig().getStdinOpen());
        return open && ask(handle, QUESTION, _ -> ConsoleInput.type(engine, handle, line));
    }

    @Override
    public byte @Nullable [] read(InstanceSpec spec, String path, int limit) throws DriverException {
        String folder =
            spec.workload() instanceof Workload.Image image ? image.dataPath() : Workload.Image.DEFAULT_DATA_PATH;
        try {
            return engine.<byte @Nullable []>call(QUESTION, client ->
                ContainerFile.read(client, spec.name(), folder + "/" + path, limit)
            );
        } catch (ContainerFile.TooLongException _) {
            throw new NodeRefusedException(
                endpoint.node(),
                path + " of " + spec.name() + " is longer than " + limit + " bytes",
                "Make it shorter.",
                null
            );
        } catch (NotFoundException _) {
            return null;
        } catch (DockerException e) {
            throw refusals.of(spec.name(), e);
        }
    }

    @Override
    public Subscription subscribe(DriverListener listener) {
        var stream = new EventStream(engine, listener, streams::remove);
        streams.add(stream);
        stream.open();
        return stream;
    }

    @Override
    public void close() {
        List.copyOf(streams).forEach(EventStream::close);
        engine.close();
        if (endpoint.tunnel() != null) {
            endpoint.tunnel().close();
        }
    }

    private <T> T ask(String instance, Duration limit, Function<DockerClient, T> question) throws DriverException {
        try {
            return engine.call(limit, question);
        } catch (DockerException e) {
            throw refusals.of(instance, e);
        }
    }

    /** What is so already is no error. */
    private void tell(String handle, Consumer<DockerClient> deed) throws DriverException {
        try {
            deed(deed);
        } catch (DockerException e) {
            if (!Refusals.isSoAlready(e)) {
                throw refusals.of(handle, e);
            }
        }
    }

    /** @return false: it did not run any more */
    private boolean tellRunning(String handle, Consumer<DockerClient> deed) throws DriverException {
        try {
            deed(deed);
            return true;
        } catch (DockerException e) {
            if (Refusals.isNotRunning(e)) {
                return false;
            }
            throw refusals.of(handle, e);
        }
    }

    private void deed(Consumer<DockerClient> deed) throws NodeUnreachableException {
        engine.<Boolean>call(DEED, client -> {
            deed.accept(client);
            return true;
        });
    }
}
