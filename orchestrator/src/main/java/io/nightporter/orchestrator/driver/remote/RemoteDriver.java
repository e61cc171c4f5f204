package io.nightporter.orchestrator.driver.remote;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.DriverListener;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.NodeFacts;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.PullProgress;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that another system starts and stops: {@code POST /api/servers/{id}/start} and {@code …/stop}, {@code GET
 * /api/servers/{id}/status}, with a bearer token. It is asked every two seconds for a server that runs or is on its way, and
 * every fifteen for one that does not; less and less often as long as it answers with errors. What it calls a server is name
 * and handle of the instance at once; nothing is made, paused or removed there.
 */
public final class RemoteDriver implements Driver {

    /** What nodes call it. */
    public static final String NAME = "remote";

    private static final Logger log = LoggerFactory.getLogger(RemoteDriver.class);

    private static final Duration SIGN = Duration.ofMillis(2_500);
    private static final Duration QUESTION = Duration.ofSeconds(5);
    private static final Duration DEED = Duration.ofSeconds(20);

    /** So long a success is a sign of life. */
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final String node;
    private final Backend backend;
    private final Watch watch;
    private volatile long heardAt = System.nanoTime() - FRESH_NANOS;

    private RemoteDriver(String node, Backend backend) {
        this.node = node;
        this.backend = backend;
        this.watch = new Watch(node, this::ask);
    }

    /**
     * Does not connect.
     *
     * @param node with an endpoint {@code http(s)://host:port/base} and the setting {@code tokenFile}, a file with the token
     *     in its first line; without it none is sent
     * @param folder what the file's name is relative to
     * @throws BadDefinitionException when it says something else, or the file cannot be read
     */
    public static RemoteDriver open(NodeDefinition node, Path folder) throws BadDefinitionException {
        Backend backend = Backend.of(node, folder);
        if (backend.exposed()) {
            log.warn(
                "node without encryption node={} endpoint={} hint=\"whoever can read this connection can use the token; use https\"",
                node.name(),
                node.endpoint()
            );
        }
        return new RemoteDriver(node.name(), backend);
    }

    /** Any answer will do, except that nobody is behind it, or that the token is wrong. */
    @Override
    public void ping() throws NodeUnreachableException {
        if (System.nanoTime() - heardAt < FRESH_NANOS) {
            return;
        }
        Backend.Answer answer = backend.ask("HEAD", null, "", SIGN);
        if (answer.status() == 401) {
            throw backend.unreachable("it does not accept the token (401); check the file tokenFile", null);
        }
        if (nobodyBehindIt(answer)) {
            throw backend.unreachable("it is not well (" + answer.status() + ")", null);
        }
        heardAt = System.nanoTime();
    }

    @Override
    public NodeFacts facts() throws DriverException {
        ping();
        return new NodeFacts("another system", null, null);
    }

    /** There are none of ours; those that servers name are found by their names. */
    @Override
    public List<SeenInstance> list(String fleet) throws DriverException {
        ping();
        return List.of();
    }

    @Override
    public Optional<SeenInstance> find(String nameOrHandle) throws DriverException {
        return watch.find(nameOrHandle);
    }

    /** What the other system says at this moment. */
    private Optional<SeenInstance> ask(String id, boolean wanted) throws DriverException {
        Backend.Answer answer = backend.ask("GET", checked(id), "status", QUESTION);
        if (answer.status() == 404) {
            heardAt = System.nanoTime();
            return Optional.empty();
        }
        check(answer, id);
        RemoteStatus status = RemoteStatus.read(answer.body());
        if (status == null) {
            throw refused(
                "it has said of " + id + " what is no JSON object",
                "Look at what its status request answers."
            );
        }
        return Optional.of(seen(id, status, wanted));
    }

    private static SeenInstance seen(String id, RemoteStatus status, boolean wanted) {
        boolean alive = switch (status.state()) {
            case RUNNING, STARTING, STOPPING -> true;
            // It takes a while until what was started is said to be.
            case STOPPED, UNKNOWN -> wanted;
        };
        HostAndPort address = status.state() == RemoteStatus.State.RUNNING ? status.address() : null;
        return new SeenInstance(
            id,
            id,
            Map.of(),
            alive ? SeenInstance.State.RUNNING : SeenInstance.State.ENDED,
            SeenInstance.Health.NONE,
            address == null ? Map.of() : Map.of(Workload.MINECRAFT_PORT, address),
            alive ? status.startedAt() : null,
            null
        );
    }

    private String checked(String id) throws BadDefinitionException {
        if (id.isBlank() || id.matches("\\.+")) {
            throw new BadDefinitionException(
                "the other system has no server called " + id,
                "Write under `remote` what it calls the server.",
                null
            );
        }
        return id;
    }

    /** Passes answers of success, and makes errors of the others. */
    private void check(Backend.Answer answer, String id) throws DriverException {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            heardAt = System.nanoTime();
            return;
        }
        if (status == 404) {
            throw new InstanceNotFoundException(node, id);
        }
        if (nobodyBehindIt(answer)) {
            throw backend.unreachable("it is not well (" + status + ")", null);
        }
        String remedy = switch (status) {
            case
                301,
                302,
                303,
                307,
                308 -> "Write the address that it redirects to as the node's endpoint; the token is not sent elsewhere.";
            case 401, 403 -> "Check the token in the file that the node's setting tokenFile names, and what it allows.";
            case 405, 501 -> "The other system cannot do that.";
            case 409 -> "Look at what the server does there.";
            case 429 -> "It wants to be asked less often; Nightporter goes on trying.";
            default -> "Look into its log.";
        };
        throw refused("it answered " + status + " when asked for " + id, remedy);
    }

    private static boolean nobodyBehindIt(Backend.Answer answer) {
        return answer.status() >= 502 && answer.status() <= 504;
    }

    private NodeRefusedException refused(String reason, String remedy) {
        return new NodeRefusedException(node, reason, remedy, null);
    }

    private void post(String id, String what) throws DriverException {
        check(backend.ask("POST", checked(id), what, DEED), id);
    }

    @Override
    public void start(String handle) throws DriverException {
        post(handle, "start");
        watch.started(handle);
    }

    @Override
    public void stop(String handle) throws DriverException {
        watch.stopped(handle);
        post(handle, "stop");
        watch.stopped(handle);
    }

    /** There is no harder way than to ask. */
    @Override
    public void kill(String handle) throws DriverException {
        stop(handle);
    }

    @Override
    public void prepare(InstanceSpec spec, PullProgress progress) throws DriverException {
        if (!(spec.workload() instanceof Workload.Remote(String id, _))) {
            throw new BadDefinitionException(
                "the server " +
                    spec.server() +
                    " is none of another system, and the driver " +
                    NAME +
                    " runs nothing else",
                "Write `remote:`, or name a node with another driver.",
                null
            );
        }
        if (find(id).isEmpty()) {
            throw new InstanceNotFoundException(node, id);
        }
    }

    @Override
    public SeenInstance create(InstanceSpec spec) throws DriverException {
        throw new InstanceNotFoundException(node, spec.name());
    }

    @Override
    public void pause(String handle) throws DriverException {
        throw refused("nobody can pause " + handle + " there", "Use `sleep: stop`.");
    }

    @Override
    public void unpause(String handle) {
        // It never is.
    }

    @Override
    public void remove(String handle) throws DriverException {
        throw refused(handle + " was not made by Nightporter", "If it is not wanted any more, remove it there.");
    }

    @Override
    public List<String> logs(String handle, int lines) {
        return List.of();
    }

    @Override
    public Subscription subscribe(DriverListener listener) {
        return watch.subscribe(listener);
    }

    @Override
    public void close() {
        watch.close();
        backend.close();
    }

    @Override
    public String toString() {
        return "remote driver of node " + node;
    }
}
