package io.nightporter.orchestrator.driver.process;

import static io.nightporter.orchestrator.driver.process.Node.FLEET;
import static io.nightporter.orchestrator.driver.process.Node.command;
import static io.nightporter.orchestrator.driver.process.Node.script;
import static io.nightporter.orchestrator.driver.process.Node.server;
import static io.nightporter.orchestrator.driver.process.Node.spec;
import static io.nightporter.orchestrator.driver.process.Node.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverEvent.Change;
import io.nightporter.orchestrator.driver.Drivers;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.NameTakenException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.driver.builtin.BuiltInDrivers;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessDriverTest {

    @TempDir
    Path folder;

    private Node node;
    private ProcessDriver driver;

    @BeforeEach
    void open() throws Exception {
        node = new Node(folder);
        driver = node.driver();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private SeenInstance started(String name, Workload workload) throws Exception {
        SeenInstance made = driver.create(spec(name, workload));
        driver.start(made.handle());
        return look(made);
    }

    private SeenInstance look(SeenInstance instance) throws Exception {
        return driver.find(instance.handle()).orElseThrow();
    }

    private void prints(SeenInstance instance, String line) throws Exception {
        until(line, () -> driver.logs(instance.handle(), 50).contains(line));
    }

    private void ends(SeenInstance instance) throws Exception {
        until("end of " + instance.name(), () -> !look(instance).alive());
    }

    @Test
    void aServerIsMadeStartedReachedAskedToStopAndRemoved() throws Exception {
        SeenInstance made = driver.create(spec("world", server(null)));
        assertThat(made.state()).isEqualTo(State.CREATED);
        assertThat(made.startedAt()).isNull();
        assertThat(made.labels()).containsEntry(Labels.SERVER, "world").containsEntry(Labels.FLEET, FLEET);

        driver.start(made.handle());
        SeenInstance running = look(made);
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(running.startedAt()).isNotNull();
        prints(running, "ready");
        HostAndPort address = Objects.requireNonNull(running.at(25_565));
        try (Socket socket = new Socket(address.host(), address.port())) {
            assertThat(socket.getInputStream().read()).isEqualTo('!');
        }

        driver.stop(made.handle());
        ends(made);
        assertThat(look(made).exitCode()).isEqualTo(128 + 15);
        assertThat(look(made).ports()).isEmpty();
        assertThat(look(made).startedAt()).isEqualTo(running.startedAt());
        assertThat(driver.logs(made.handle(), 50)).contains("saved");

        driver.remove(made.handle());
        assertThat(driver.find(made.name())).isEmpty();
        assertThat(driver.list(FLEET)).isEmpty();
        assertThat(folder.resolve("world")).as("the data stay").isDirectory();
    }

    @Test
    void aServerIsAskedToStopAtItsConsole() throws Exception {
        SeenInstance running = started("typed", server("console:stop"));
        prints(running, "ready");
        driver.pause(running.handle());
        driver.stop(running.handle());
        ends(running);
        assertThat(look(running).exitCode()).isEqualTo(3);
        assertThat(driver.logs(running.handle(), 50))
            .contains("typed stop", "saved")
            .doesNotContain("the console has ended");
    }

    @Test
    void memoryAndCoresAreHandedOnToJava() throws Exception {
        InstanceSpec spec = spec("sized", server(null));
        SeenInstance made = driver.create(
            new InstanceSpec(spec.name(), spec.server(), spec.workload(), new Resources(64L << 20, 0.5), spec.labels())
        );
        driver.start(made.handle());
        prints(made, "processors 1");
        assertThat(driver.logs(made.handle(), 50)).anyMatch(line -> line.matches("heap 4[5-8] MiB"));
    }

    @Test
    void callsCanBeRepeated() throws Exception {
        SeenInstance first = started("again", script("echo begun >> runs"));
        until("its line", () -> !node.text("again", "runs").isEmpty());
        driver.start(first.handle());
        driver.pause(first.handle());
        driver.pause(first.handle());
        assertThat(look(first).state()).isEqualTo(State.PAUSED);
        driver.unpause(first.handle());
        driver.unpause(first.handle());
        driver.pause(first.handle());
        driver.start(first.handle());
        assertThat(look(first)).isEqualTo(first);
        driver.kill(first.handle());
        driver.kill(first.handle());
        driver.stop(first.handle());
        assertThat(look(first).state()).isEqualTo(State.ENDED);
        assertThat(look(first).exitCode()).isEqualTo(128 + 9);
        driver.remove(first.handle());
        driver.remove(first.handle());
        assertThat(node.text("again", "runs")).isEqualTo("begun\n");
    }

    @Test
    void whatIsFrozenDoesNothing() throws Exception {
        SeenInstance running = started("frozen", script("while :; do echo x >> ticks; sleep 0.02; done & echo up"));
        prints(running, "up");
        driver.pause(running.handle());
        String before = node.text("frozen", "ticks");
        Thread.sleep(200);
        assertThat(node.text("frozen", "ticks")).isEqualTo(before);
        driver.unpause(running.handle());
        until("more ticks", () -> node.text("frozen", "ticks").length() > before.length());
    }

    @Test
    void itRunsUntilTheLastOfItsProcessesHasEnded() throws Exception {
        // The script ends at once when it is asked to stop; what it has begun is still saving.
        SeenInstance running = started(
            "saving",
            command(
                null,
                "sh",
                "-c",
                "sh -c 'trap \"sleep 1; echo saved; exit\" TERM; echo up; sleep 30 & wait'; echo {port}"
            )
        );
        prints(running, "up");
        int leader = node.pid(running);
        driver.stop(running.handle());
        until("end of the script", () -> ProcessTable.stat(leader).filter(ProcessTable.Stat::alive).isEmpty());
        assertThat(look(running).state()).isEqualTo(State.RUNNING);
        ends(running);
        assertThat(driver.logs(running.handle(), 9)).contains("saved");
    }

    @Test
    void killingEndsAllThatItHasBegun() throws Exception {
        SeenInstance running = started(
            "many",
            script("trap '' TERM; (trap '' TERM; sleep 30) & echo $! > child; echo up")
        );
        prints(running, "up");
        int child = Integer.parseInt(node.text("many", "child").strip());
        driver.stop(running.handle());
        assertThat(look(running).alive()).isTrue();
        driver.kill(running.handle());
        assertThat(look(running).state()).isEqualTo(State.ENDED);
        assertThat(ProcessTable.stat(child).filter(ProcessTable.Stat::alive)).isEmpty();
    }

    @Test
    void withoutSetsidItIsTheSame() throws Exception {
        driver = node.driver(null, 8 << 20);
        SeenInstance running = started("plain", script("sleep 30 & echo $! > child; echo up"));
        prints(running, "up");
        int child = Integer.parseInt(node.text("plain", "child").strip());
        driver.pause(running.handle());
        assertThat(look(running).state()).isEqualTo(State.PAUSED);
        assertThat(ProcessTable.stat(child).orElseThrow().frozen()).isTrue();
        driver.kill(running.handle());
        assertThat(look(running).alive()).isFalse();
        assertThat(ProcessTable.stat(child).filter(ProcessTable.Stat::alive)).isEmpty();
    }

    @Test
    void aNameIsThereOnce() throws Exception {
        SeenInstance made = driver.create(spec("twin", script("")));
        assertThatThrownBy(() -> driver.create(spec("twin", script("")))).isInstanceOf(NameTakenException.class);
        assertThat(driver.list(FLEET)).containsExactly(made);
        assertThat(driver.list("another")).isEmpty();
        driver.remove(made.handle());
        SeenInstance other = driver.create(spec("twin", script("")));
        assertThat(other.handle()).isNotEqualTo(made.handle());
        assertThat(driver.find(made.handle())).isEmpty();
        assertThatThrownBy(() -> driver.start(made.handle())).isInstanceOf(InstanceNotFoundException.class);
    }

    @Test
    void whatRunsIsNotRemoved() throws Exception {
        SeenInstance running = started("kept", script(""));
        assertThatThrownBy(() -> driver.remove(running.handle()))
            .isInstanceOf(NodeRefusedException.class)
            .hasMessageContaining("Stop the server first");
        assertThat(look(running).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void portsAreChosenFilledInAndKept() throws Exception {
        Workload.Command two = new Workload.Command(
            List.of("sh", "-c", "echo game {port} voice $VOICE console {port:25575}; sleep 30"),
            Map.of("VOICE", "{port:24454/udp}"),
            25_565,
            List.of(Port.tcp(25_575), new Port(24_454, null, Port.Protocol.UDP)),
            null,
            null
        );
        SeenInstance first = started("first", two);
        SeenInstance second = started("second", two);
        int game = Objects.requireNonNull(first.at(25_565)).port();
        int console = Objects.requireNonNull(first.at(25_575)).port();
        assertThat(first.ports()).hasSize(2);
        assertThat(second.ports().values()).doesNotContainAnyElementsOf(first.ports().values());
        until("line", () -> !driver.logs(first.handle(), 1).isEmpty());
        assertThat(driver.logs(first.handle(), 1).getFirst()).matches(
            "game " + game + " voice [0-9]+ console " + console
        );
        driver.kill(first.handle());
        driver.start(first.handle());
        assertThat(look(first).ports()).isEqualTo(first.ports());
    }

    @Test
    void aPortThatTheProgramIsNotToldIsTheOneThatItHas() throws Exception {
        SeenInstance made;
        int port;
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            var fixed = new Workload.Command(List.of("sleep", "30"), Map.of(), port, List.of(), null, null);
            made = driver.create(spec("fixed", fixed));
            assertThatThrownBy(() -> driver.start(made.handle()))
                .isInstanceOf(NodeRefusedException.class)
                .hasMessageContaining("port " + port)
                .hasMessageContaining("write {port}");
            assertThat(look(made).state()).isEqualTo(State.CREATED);
        }
        driver.start(made.handle());
        assertThat(look(made).at(port)).isEqualTo(new HostAndPort("127.0.0.1", port));
    }

    @Test
    void itTellsWhatHappens() throws Exception {
        List<DriverEvent.Changed> heard = new CopyOnWriteArrayList<>();
        Subscription subscription = driver.subscribe(event -> heard.add((DriverEvent.Changed) event));
        SeenInstance running = started(
            "told",
            command(null, "sh", "-c", "while [ ! -f end ]; do sleep 0.05; done; exit 42")
        );
        driver.pause(running.handle());
        driver.unpause(running.handle());
        Files.createFile(folder.resolve("told").resolve("end"));
        until("its end", () -> heard.stream().anyMatch(event -> event.change() == Change.ENDED));
        driver.remove(running.handle());
        until("its removal", () -> heard.size() >= 6);
        assertThat(heard)
            .extracting(DriverEvent.Changed::change)
            .containsExactly(
                Change.CREATED,
                Change.STARTED,
                Change.PAUSED,
                Change.UNPAUSED,
                Change.ENDED,
                Change.REMOVED
            );
        assertThat(heard.get(4).exitCode()).isEqualTo(42);
        assertThat(heard).allSatisfy(event -> {
            assertThat(event.handle()).isEqualTo(running.handle());
            assertThat(event.labels()).containsEntry(Labels.SERVER, "told");
        });
        subscription.close();
        driver.create(spec("untold", script("")));
        Thread.sleep(50);
        assertThat(heard).hasSize(6);
    }

    @Test
    void whatItPrintsIsBoundedAndWithoutColours() throws Exception {
        driver = node.driver(Node.SETSID, 20_000);
        SeenInstance running = started(
            "talker",
            command(
                null,
                "sh",
                "-c",
                "i=0; while [ $i -lt 6000 ]; do echo line $i of many; i=$((i+1)); [ $((i % 500)) = 0 ] && sleep 0.1; done; " +
                    "printf '\\033[31mred\\033[0m \\007bell\\n'; head -c 3000 /dev/zero | tr '\\0' x; echo; echo over; sleep 30"
            )
        );
        prints(running, "over");
        Path own = node.records().folder(running.name());
        until("a short log", () -> Files.size(own.resolve("console.log")) <= 20_000);
        assertThat(Files.size(own.resolve("console.log.1"))).isLessThan(100_000);
        List<String> last = driver.logs(running.handle(), 3);
        assertThat(last).hasSize(3).startsWith("red bell").endsWith("over");
        assertThat(last.get(1)).hasSize(1_000).containsOnlyOnce("x".repeat(1_000));
        assertThat(driver.logs(running.handle(), 0)).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsSaidBeforeAndAfter() throws Exception {
        InstanceSpec spec = spec("missing", command(null, "nightporter-no-such-program", "{port}"));
        assertThatThrownBy(() -> driver.prepare(spec, (_, _) -> {}))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("nightporter-no-such-program");
        SeenInstance made = driver.create(spec);
        driver.start(made.handle());
        ends(made);
        assertThat(look(made).exitCode()).isEqualTo(127);
        assertThat(driver.logs(made.handle(), 5)).anyMatch(line -> line.contains("nightporter-no-such-program"));
        driver.prepare(spec("there", server(null)), (_, _) -> {});
    }

    @Test
    void whatCouldNeverRunIsRefused() {
        refused(new Workload.Image("itzg/minecraft-server", Map.of()), "a node with another driver");
        refused(new Workload.Command(List.of()), "Write a program");
        refused(command("SIGNONSENSE", "sleep", "1"), "SIGTERM");
        refused(command("console:", "sleep", "1"), "console:stop");
        refused(command("console:stop\nop mallory", "sleep", "1"), "console:stop");
        refused(command(null, "sleep", "{port:99}"), "ports");
        refused(command(null, "sleep", "1\0"), "zero characters");
        refused(
            new Workload.Command(List.of("sleep", "1"), Map.of("A=B", "c"), 25_565, List.of(), null, null),
            "without '='"
        );
        assertThatThrownBy(() ->
            driver.create(
                new InstanceSpec("../../up", "up", command(null, "sleep", "1"), Resources.UNLIMITED, Map.of())
            )
        ).isInstanceOf(BadDefinitionException.class);
    }

    private void refused(Workload workload, String remedy) {
        assertThatThrownBy(() -> driver.prepare(spec("never", workload), (_, _) -> {}))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining(remedy);
        assertThatThrownBy(() -> driver.create(spec("never", workload))).isInstanceOf(BadDefinitionException.class);
    }

    @Test
    void aFolderThatCannotBeUsedIsANodeThatCannotBeReached() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (ProcessDriver broken = new ProcessDriver(Node.definition(), file, Node.SETSID, 1_000)) {
            assertThatThrownBy(broken::ping).isInstanceOf(NodeUnreachableException.class);
        }
        driver.ping();
        assertThat(driver.facts().memoryBytes()).isGreaterThan(1L << 28);
    }

    @Test
    void aNodeIsOpenedByItsDriversNameInItsOwnFolder() throws Exception {
        Drivers drivers = new BuiltInDrivers(folder);
        try (Driver opened = drivers.open(Node.definition())) {
            opened.ping();
            opened.prepare(spec("there", script("")), (_, _) -> {});
        }
        assertThat(folder.resolve("nodes/local/.nightporter")).isDirectory();
        assertThatThrownBy(() -> drivers.open(new NodeDefinition("n1", "doker")))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContainingAll("n1", "doker", "The drivers are process");
        assertThatThrownBy(() -> drivers.open(withSettings(Map.of("port", "1-2")))).hasMessageContaining("ports");
        for (String range : List.of("", "30000", "2-1", "0-5", "1-65536", "a-b")) {
            assertThatThrownBy(() -> drivers.open(withSettings(Map.of("ports", range))))
                .isInstanceOf(BadDefinitionException.class)
                .hasMessageContaining("26000-30999");
        }
    }

    private static NodeDefinition withSettings(Map<String, String> settings) {
        NodeDefinition plain = Node.definition();
        return new NodeDefinition(
            plain.name(),
            plain.managedBy(),
            plain.driver(),
            null,
            settings,
            null,
            plain.resources(),
            null,
            false
        );
    }

    @Test
    void aRecordThatCannotBeReadHidesNoOther() throws Exception {
        SeenInstance good = driver.create(spec("good", script("")));
        SeenInstance bad = driver.create(spec("bad", script("")));
        Files.writeString(node.records().folder(bad.name()).resolve("instance.json"), "{");
        assertThat(driver.list(FLEET)).containsExactly(good);
        assertThatThrownBy(() -> driver.find(bad.handle()))
            .isInstanceOf(NodeRefusedException.class)
            .hasMessageContaining("instance.json");
        assertThatThrownBy(() -> driver.create(spec("bad", script("")))).isInstanceOf(NameTakenException.class);
    }

    @Test
    void anInterruptedCallComesBack() throws Exception {
        SeenInstance made = driver.create(spec("hasty", script("")));
        Thread.currentThread().interrupt();
        @Nullable
        Throwable thrown = catchThrowable(() -> driver.start(made.handle()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(NodeUnreachableException.class);
        assertThat(look(made).state()).isEqualTo(State.CREATED);
    }
}
