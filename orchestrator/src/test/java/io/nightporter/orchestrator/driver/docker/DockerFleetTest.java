package io.nightporter.orchestrator.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.builtin.BuiltInDrivers;
import io.nightporter.orchestrator.fleet.FleetParts;
import io.nightporter.orchestrator.fleet.FleetSettings;
import io.nightporter.orchestrator.fleet.Orchestrator;
import io.nightporter.orchestrator.fleet.Placement;
import io.nightporter.orchestrator.fleet.Probe;
import io.nightporter.orchestrator.fleet.ServerConsole;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.fleet.WallClock;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.orchestrator.store.SqlStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet on a real engine, whose machine, engine and containers come to harm. */
@Timeout(240)
class DockerFleetTest {

    private static final int GAME = 25_565;
    private static final String SERVES = "trap 'exit 0' TERM; httpd -p 25565; while :; do sleep 0.1; done";

    private static int number;

    @TempDir
    private Path folder;

    private final TestEngine engine = TestEngine.shared();
    private final String server = "fleet" + ++number + "-" + ProcessHandle.current().pid();
    private final List<String> containers = new ArrayList<>(List.of("nightporter-" + server));
    private SqlStore store;
    private WallClock time;
    private Orchestrator fleet;

    @BeforeEach
    void open() {
        store = SqlStore.open("sqlite:fleet.db?synchronous=OFF", folder);
        time = new WallClock(ZoneOffset.UTC);
        fleet = Orchestrator.open(
            new FleetParts(
                store,
                new BuiltInDrivers(folder),
                (address, _) -> knock(address),
                ServerConsole.NONE,
                _ -> CompletableFuture.completedFuture(0),
                Placement.ROOMIEST,
                time,
                FleetSettings.DEFAULT,
                DockerFleetTest::read
            )
        );
    }

    private static ServerDefinition read(String node, String container, Map<String, String> labels) {
        return ServerDefinition.named(container, new Workload.Container(container, GAME))
            .hosts(List.of(labels.getOrDefault(Labels.HOST, "").split(",")))
            .plan(Plan.PAY_PER_USE)
            .build();
    }

    private static Probe.Result knock(HostAndPort address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), 1_000);
            return new Probe.Result.Ready(0);
        } catch (IOException e) {
            return new Probe.Result.NotYet(false, String.valueOf(e.getMessage()));
        }
    }

    @AfterEach
    void close() throws IOException {
        fleet.close();
        time.close();
        store.close();
        try (DockerClient client = engine.client()) {
            for (String container : containers) {
                try {
                    client.removeContainerCmd(container).withForce(true).exec();
                } catch (NotFoundException _) {
                    // It has gone already.
                }
            }
        }
    }

    private ServerView view() {
        return fleet.server(server).orElseThrow();
    }

    private void within(int seconds, String what, Predicate<Orchestrator> condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (!condition.test(fleet)) {
            assertThat(System.nanoTime()).as("%s: %s", what, fleet.servers()).isLessThan(until);
            Thread.sleep(50);
        }
    }

    private void awake() throws InterruptedException {
        fleet.wake(server, Cause.player("1", "Steve")).join();
        within(60, "awake", _ -> view().phase() == Phase.AWAKE);
    }

    private void defineOn(NodeDefinition node) {
        fleet.define(node);
        var workload = new Workload.Image(
            TestEngine.IMAGE,
            List.of("sh", "-c", SERVES),
            Map.of(),
            GAME,
            List.of(),
            null,
            "/data",
            null,
            null
        );
        fleet.define(ServerDefinition.named(server, workload).node("n1").plan(Plan.PAY_PER_USE).build()).join();
    }

    private boolean runs(DockerClient client) {
        return Boolean.TRUE.equals(
            client
                .inspectContainerCmd("nightporter-" + server)
                .exec()
                .getState()
                .getRunning()
        );
    }

    @Test
    void anEngineThatIsKilledAndComesBackFindsTheFleetAsItIs() throws Exception {
        defineOn(engine.node());
        awake();
        engine.kill();
        within(10, "noticed", _ -> !view().reachable());
        engine.start();
        try (DockerClient client = engine.client()) {
            // Whether containers outlive their engine is its own affair.
            within(
                10,
                "right",
                _ ->
                    view().reachable() &&
                    (runs(client)
                        ? view().phase() == Phase.AWAKE && view().address() != null
                        : view().phase() == Phase.ASLEEP)
            );
            awake();
            assertThat(runs(client)).isTrue();
            assertThat(knock(Objects.requireNonNull(view().address()))).isInstanceOf(Probe.Result.Ready.class);
        }
    }

    @Test
    void aNodeWhoseNetworkIsCutForHalfAMinuteIsAsItWas() throws Exception {
        defineOn(engine.tlsNode("client"));
        awake();
        HostAndPort address = view().address();
        long operations = store.operations(server, 100).size();
        engine.cut(true);
        try {
            within(10, "noticed", _ -> !view().reachable());
            Thread.sleep(20_000);
            assertThat(view().phase()).isEqualTo(Phase.AWAKE);
            assertThat(view().address()).isNull();
        } finally {
            engine.cut(false);
        }
        within(10, "back", _ -> view().reachable() && view().phase() == Phase.AWAKE);
        assertThat(view().address()).isEqualTo(address);
        assertThat(store.operations(server, 100)).hasSize((int) operations);
    }

    @Test
    void aContainerThatIsKilledRemovedOrStartedBehindOurBackIsSeenAtOnce() throws Exception {
        defineOn(engine.node());
        awake();
        String container = "nightporter-" + server;
        try (DockerClient client = engine.client()) {
            client.killContainerCmd(container).exec();
            within(10, "killed", _ -> view().phase() == Phase.ASLEEP);
            client.startContainerCmd(container).exec();
            within(10, "started", _ -> view().phase() == Phase.AWAKE);
            client.removeContainerCmd(container).withForce(true).exec();
            within(10, "removed", _ -> view().phase() == Phase.ASLEEP);
            awake();
        }
    }

    @Test
    void aContainerWithALabelIsAServerAndGoesWithIt() throws Exception {
        fleet.define(engine.node());
        String name = "label-" + server;
        containers.add(name);
        try (DockerClient client = engine.client()) {
            client
                .createContainerCmd(TestEngine.IMAGE)
                .withName(name)
                .withCmd("sh", "-c", SERVES)
                .withLabels(Map.of(Labels.HOST, "a.example.com,b.example.com"))
                .withExposedPorts(ExposedPort.tcp(GAME))
                .withHostConfig(new HostConfig().withPortBindings(PortBinding.parse("0:" + GAME)))
                .exec();
            within(10, "there", all -> all.server(name).isPresent());
            assertThat(fleet.server(name).orElseThrow().definition().hosts()).containsExactly(
                "a.example.com",
                "b.example.com"
            );
            fleet.wake(name, Cause.player("1", "Steve")).join();
            within(30, "awake", all -> all.server(name).orElseThrow().phase() == Phase.AWAKE);

            client.removeContainerCmd(name).withForce(true).exec();
            within(20, "gone", all -> all.server(name).isEmpty());
        }
    }
}
