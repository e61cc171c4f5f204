package io.nightporter.orchestrator.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverContract;
import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.PreparationException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On a real engine. */
class DockerDriverTest extends DriverContract {

    private static final int GAME = 25_565;
    private static final long MEBI = 1024 * 1024;

    private final TestEngine engine = TestEngine.shared();

    @Override
    protected Driver open() throws DriverException {
        return DockerDriver.open(engine.node());
    }

    @Override
    protected Workload workload(List<String> command) {
        return image(command, Map.of(), List.of(), null);
    }

    private static Workload.Image image(
        List<String> command,
        Map<String, String> env,
        List<Port> ports,
        @Nullable String network
    ) {
        return new Workload.Image(TestEngine.IMAGE, command, env, GAME, ports, null, "/data", null, network);
    }

    private InstanceSpec with(String name, Workload workload, Resources resources) {
        return new InstanceSpec(
            "nightporter-" + name + "-" + fleet,
            name + "-" + fleet,
            workload,
            resources,
            Map.of(Labels.FLEET, fleet)
        );
    }

    private static void connect(HostAndPort address) {
        eventually(
            () -> {
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address.host(), address.port()), 2_000);
                    return true;
                } catch (IOException _) {
                    return false;
                }
            },
            reached -> reached
        );
    }

    @Test
    void itsPortsAreReachedWhereTheDriverSays() throws DriverException {
        String script = "echo ready; exec httpd -f -p 25565";
        SeenInstance seen = run(spec("reached", script));

        HostAndPort game = Objects.requireNonNull(seen.at(GAME));
        assertThat(game.host()).isEqualTo(engine.address());
        connect(game);
    }

    @Test
    void aPortWithANumberIsPublishedAsThatNumber() throws DriverException {
        var workload = image(
            List.of("sh", "-c", "echo ready; httpd -p 8123; exec httpd -f -p 25565"),
            Map.of(),
            List.of(new Port(8_123, 18_123, Port.Protocol.TCP), new Port(24_454, 24_454, Port.Protocol.UDP)),
            null
        );
        SeenInstance seen = run(with("numbered", workload, Resources.UNLIMITED));

        assertThat(seen.ports())
            .containsOnlyKeys(GAME, 8_123)
            .containsEntry(8_123, new HostAndPort(engine.address(), 18_123));
        connect(new HostAndPort(engine.address(), 18_123));

        String second = make(with("taken", workload, Resources.UNLIMITED)).handle();
        assertThatThrownBy(() -> driver().start(second))
            .isInstanceOf(NodeRefusedException.class)
            .hasMessageContaining("port is already allocated")
            .hasMessageContaining("Something else uses that port");
    }

    @Test
    void inTheNodesOwnNetworkPortsAreWhatTheyAre() throws DriverException {
        var workload = image(List.of("sh", "-c", "echo ready; exec httpd -f -p 25565"), Map.of(), List.of(), "host");
        SeenInstance seen = run(with("host", workload, Resources.UNLIMITED));

        assertThat(seen.ports()).containsExactly(Map.entry(GAME, new HostAndPort(engine.address(), GAME)));
        connect(new HostAndPort(engine.address(), GAME));
    }

    @Test
    void aContainerIsWhatItsServerIsDefinedAs() throws Exception {
        var workload = image(List.of("sh", "-c", OBEDIENT), Map.of("GREETING", "a b=c"), List.of(), null);
        InstanceSpec spec = with("defined", workload, new Resources(64 * MEBI, 0.5));
        SeenInstance seen = run(spec);

        try (DockerClient client = engine.client()) {
            InspectContainerResponse it = client.inspectContainerCmd(seen.handle()).exec();
            HostConfig host = it.getHostConfig();
            assertThat(it.getConfig().getEnv()).contains("GREETING=a b=c");
            assertThat(host.getMemory()).isEqualTo(64 * MEBI);
            assertThat(host.getNanoCPUs()).isEqualTo(500_000_000L);
            assertThat(host.getRestartPolicy()).isEqualTo(RestartPolicy.noRestart());
            assertThat(host.getLogConfig().getType().getType()).isEqualTo("json-file");
            assertThat(host.getLogConfig().getConfig()).containsEntry("max-size", "10m").containsEntry("max-file", "3");
            assertThat(it.getRawValues().get("Config")).asInstanceOf(MAP).containsEntry("StopTimeout", 60);
            assertThat(it.getMounts()).hasSize(1);
            assertThat(it.getMounts().getFirst().getName()).isEqualTo(
                spec.labels().get(Labels.FLEET) + "-" + spec.server()
            );
        }
    }

    @Test
    void itsDataOutliveIt() throws DriverException {
        InstanceSpec writes = spec("data", "echo kept > /data/world; echo ready");
        SeenInstance first = run(writes);
        ended(first.handle());
        driver().remove(first.handle());

        String second = make(spec("data", "cat /data/world; echo ready")).handle();
        driver().start(second);
        ended(second);

        assertThat(driver().logs(second, 5)).containsExactly("kept", "ready");
    }

    @Test
    void linesAreTypedIntoItsConsoleWhichStaysOpen() throws DriverException {
        String handle = run(
            spec("typed", "echo ready; while read line; do echo \"heard: $line\"; done; echo over; exec sleep 30")
        ).handle();
        assertThat(driver().type(handle, "say Grüße in 10 s.")).isTrue();
        assertThat(driver().type(handle, "list")).isTrue();
        eventually(() -> driver().logs(handle, 9), lines -> lines.contains("heard: list"));
        assertThat(driver().logs(handle, 9)).containsExactly("ready", "heard: say Grüße in 10 s.", "heard: list");

        driver().kill(handle);
        eventually(() -> driver().type(handle, "nobody hears it"), typed -> !typed);
    }

    @Test
    void itsOwnStopSignalIsWhatItGets() throws DriverException {
        var workload = new Workload.Image(
            TestEngine.IMAGE,
            List.of("sh", "-c", "trap 'exit 5' INT; trap '' TERM; echo ready; while :; do sleep 0.1; done"),
            Map.of(),
            GAME,
            List.of(),
            null,
            "/data",
            "SIGINT",
            null
        );
        SeenInstance seen = run(with("signal", workload, Resources.UNLIMITED));

        driver().stop(seen.handle());

        assertThat(ended(seen.handle()).exitCode()).isEqualTo(5);
    }

    @Test
    void aContainerOfSomebodyElseIsStartedAndStoppedButNotRemoved() throws Exception {
        String name = "mc-" + fleet;
        try (DockerClient client = engine.client()) {
            String id = client
                .createContainerCmd(TestEngine.IMAGE)
                .withName(name)
                .withCmd("sh", "-c", OBEDIENT)
                .withHostConfig(new HostConfig().withRestartPolicy(RestartPolicy.alwaysRestart()))
                .exec()
                .getId();
            var theirs = with("theirs", new Workload.Container(name, GAME), Resources.UNLIMITED);

            driver().prepare(theirs, (_, _) -> {});
            assertThat(driver().find(name)).hasValueSatisfying(seen -> {
                assertThat(seen.handle()).isEqualTo(id);
                assertThat(seen.server()).isNull();
            });
            assertThat(driver().find(id.substring(0, 12))).isPresent();
            assertThat(driver().find(id.substring(0, 4))).isEmpty();
            assertThat(driver().list(fleet)).isEmpty();

            driver().start(id);
            eventually(() -> driver().logs(id, 5), lines -> lines.contains("ready"));
            assertThat(driver().type(id, "its console is closed")).isFalse();
            driver().stop(id);
            // It would be restarted by its engine if it had not been stopped on purpose.
            ended(id);
            Thread.sleep(1_000);
            assertThat(look(id).state()).isEqualTo(SeenInstance.State.ENDED);

            assertThatThrownBy(() -> driver().remove(id))
                .isInstanceOf(NodeRefusedException.class)
                .hasMessageContaining("was not made by Nightporter");
            assertThatThrownBy(() -> driver().create(theirs)).isInstanceOf(InstanceNotFoundException.class);
            client.removeContainerCmd(id).withForce(true).exec();
            assertThatThrownBy(() -> driver().prepare(theirs, (_, _) -> {})).isInstanceOf(
                InstanceNotFoundException.class
            );
        }
    }

    @Test
    void whatTheNodeCannotRunIsRefusedWithWhatToDo() throws DriverException {
        InstanceSpec nothing = with(
            "program",
            image(List.of("/no/such/program"), Map.of(), List.of(), null),
            Resources.UNLIMITED
        );
        String handle = make(nothing).handle();
        assertThatThrownBy(() -> driver().start(handle))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("/no/such/program");

        InstanceSpec cores = with("cores", workload(List.of("sh")), new Resources(null, 10_000.0));
        assertThatThrownBy(() -> driver().create(cores))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("fewer cores");

        InstanceSpec network = with(
            "network",
            image(List.of("sh"), Map.of(), List.of(), "nowhere"),
            Resources.UNLIMITED
        );
        assertThatThrownBy(() -> driver().start(make(network).handle()))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("docker network create");
    }

    @Test
    void tlsIsSpokenWithWhomItKnows() throws DriverException {
        SeenInstance seen = run(spec("tls", OBEDIENT));
        try (
            Driver tls = DockerDriver.open(engine.tlsNode("client"));
            Driver stranger = DockerDriver.open(engine.tlsNode("stranger"))
        ) {
            tls.ping();
            assertThat(tls.find(seen.handle())).contains(seen);
            assertThatThrownBy(stranger::ping).isInstanceOf(NodeUnreachableException.class);
        }
    }

    @Test
    void aCableThatSwallowsEverythingIsNoticed() throws Exception {
        BlockingQueue<DriverEvent> heard = new LinkedBlockingQueue<>();
        try (Driver tls = DockerDriver.open(engine.tlsNode("client")); Subscription _ = tls.subscribe(heard::add)) {
            tls.ping();
            engine.cut(true);
            try {
                long before = System.nanoTime();
                assertThatThrownBy(tls::ping).isInstanceOf(NodeUnreachableException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            } finally {
                engine.cut(false);
            }
            eventually(
                () -> {
                    try {
                        tls.ping();
                        return true;
                    } catch (NodeUnreachableException _) {
                        return false;
                    }
                },
                well -> well
            );
            InstanceSpec spec = spec("cable", OBEDIENT);
            make(spec);
            next(heard, spec.name(), DriverEvent.Change.CREATED);
        }
    }

    @Test
    void anEngineThatSaysNothingIsNoticedAndCallsCanBeInterrupted() throws Exception {
        var trouble = new AtomicReference<Throwable>();
        engine.freeze(true);
        try {
            long before = System.nanoTime();
            assertThatThrownBy(() -> driver().ping()).isInstanceOf(NodeUnreachableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));

            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    driver().list(fleet);
                } catch (DriverException e) {
                    trouble.set(e);
                }
            });
            Thread.sleep(300);
            caller.interrupt();
            assertThat(caller.join(Duration.ofSeconds(2))).isTrue();
            assertThat(trouble.get()).isInstanceOf(NodeUnreachableException.class);
        } finally {
            engine.freeze(false);
        }
        driver().ping();
    }

    @Test
    void anEngineThatGoesAndComesBackIsHeardAgain() throws Exception {
        BlockingQueue<DriverEvent> heard = new LinkedBlockingQueue<>();
        InstanceSpec spec = spec("engine", OBEDIENT);
        SeenInstance seen = run(spec);
        try (Subscription _ = driver().subscribe(heard::add)) {
            engine.stop();
            assertThatThrownBy(() -> driver().ping())
                .isInstanceOf(NodeUnreachableException.class)
                .hasMessageContaining("docker.sock");
            eventually(heard::poll, event -> event instanceof DriverEvent.Lost);
            engine.start();
            assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DriverEvent.Back.class);

            assertThat(look(seen.handle()).name()).isEqualTo(spec.name());
            driver().start(seen.handle());
            next(heard, spec.name(), DriverEvent.Change.STARTED);
        }
    }

    @Test
    void anImageIsFetchedOnceAndItsProgressIsTold() throws Exception {
        try (TestRegistry registry = new TestRegistry(engine.ourAddress()); DockerClient client = engine.client()) {
            InstanceSpec spec = with("fetched", named(registry.image()), Resources.UNLIMITED);
            List<Double> told = new ArrayList<>();

            driver().prepare(spec, (fraction, detail) -> {
                told.add(fraction);
                assertThat(detail).isNotBlank();
            });

            assertThat(told)
                .isSorted()
                .hasSizeGreaterThan(3)
                .endsWith(1.0)
                .allMatch(fraction -> fraction <= 1);
            assertThat(client.inspectImageCmd(registry.image()).exec().getOs()).isEqualTo("linux");
            told.clear();
            driver().prepare(spec, (fraction, _) -> told.add(fraction));
            assertThat(told).isEmpty();

            InstanceSpec missing = with("missing", named(registry.image() + ":none"), Resources.UNLIMITED);
            assertThatThrownBy(() -> driver().prepare(missing, (_, _) -> {}))
                .isInstanceOfSatisfying(PreparationException.class, e -> assertThat(e.passing()).isFalse())
                .hasMessageContaining("docker login");
            client.removeImageCmd(registry.image()).exec();
        }
    }

    @Test
    void aRegistryThatIsNotThereMayComeBack() {
        InstanceSpec spec = with("nowhere", named(engine.ourAddress() + ":1/tests/blob"), Resources.UNLIMITED);

        assertThatThrownBy(() -> driver().prepare(spec, (_, _) -> {})).isInstanceOfSatisfying(
            PreparationException.class,
            e -> assertThat(e.passing()).isTrue()
        );
    }

    @Test
    void fetchingCanBeInterrupted() throws Exception {
        try (TestRegistry registry = new TestRegistry(engine.ourAddress())) {
            var trouble = new AtomicReference<Throwable>();
            var begun = new CountDownLatch(1);
            InstanceSpec spec = with("interrupted", named(registry.image()), Resources.UNLIMITED);
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    driver().prepare(spec, (_, _) -> begun.countDown());
                } catch (DriverException e) {
                    trouble.set(e);
                }
            });
            assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            caller.interrupt();

            assertThat(caller.join(Duration.ofSeconds(3))).isTrue();
            assertThat(trouble.get()).isInstanceOf(NodeUnreachableException.class);
        }
    }

    private static Workload.Image named(String image) {
        return new Workload.Image(image, Map.of());
    }
}
