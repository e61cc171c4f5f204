package io.nightporter.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.CostOptimization;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Price;
import io.nightporter.orchestrator.model.Rcon;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.RunRules;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.SleepRules;
import io.nightporter.orchestrator.model.WakeRecord;
import io.nightporter.orchestrator.model.WakeRules;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.protocol.version.VersionRange;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever database it is. */
abstract class StoreContract {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

    Store store;

    /** The same database each time, within one test. */
    abstract Store open();

    @BeforeEach
    void openFirst() {
        store = open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = open();
    }

    private static ServerDefinition full() {
        return ServerDefinition.named(
            "survival",
            new Workload.Image(
                "itzg/minecraft-server",
                List.of("--nogui"),
                Map.of("EULA", "TRUE", "TYPE", "PAPER"),
                25_565,
                List.of(new Port(24_454, 24_454, Port.Protocol.UDP), Port.tcp(25_575)),
                "/srv/survival",
                "/data",
                "SIGINT",
                "games"
            )
        )
            .managedBy(ManagedBy.YAML)
            .hosts(List.of("survival.example.org", "*.survival.example.org"))
            .node("n1")
            .resources(new Resources(4L << 30, 1.5))
            .plan(new Plan(true, CostOptimization.SUGGEST, new Price(new BigDecimal("12.50"), "EUR", Price.Per.MONTH)))
            .sleep(
                SleepRules.pauseThenStop(Duration.ofMinutes(5), Duration.ofMinutes(30))
                    .withMinimumUptime(Duration.ofMinutes(10))
                    .withAwake(
                        List.of(new AwakeWindow(LocalTime.of(18, 0), LocalTime.of(23, 0), Set.of(DayOfWeek.FRIDAY)))
                    )
            )
            .wake(new WakeRules(new WakeRules.Only(List.of("Ada", "Grace")), List.of("database", "lobby")))
            .run(new RunRules(Duration.ofMinutes(20), 5, Duration.ofSeconds(90)))
            .rcon(new Rcon(25_575, "rcon.secret"))
            .owners(List.of("Ada"))
            .versions(new VersionRange(764, 777))
            .sendProxyProtocol(true)
            .build();
    }

    private static ServerDefinition plain(String name) {
        return ServerDefinition.named(name, new Workload.Command(List.of("java", "-jar", "world.jar"))).build();
    }

    private static Operation operation(String id, String server, Operation.State state) {
        return new Operation(
            id,
            Operation.Kind.START,
            server,
            Cause.player("069a79f4-44e9-4726-a5be-fca90e38aaf5", "Notch"),
            state,
            List.of(
                new Operation.Step("create", NOW, NOW.plusMillis(5), "made anew"),
                new Operation.Step("start", NOW.plusMillis(5), null, "")
            ),
            0.25,
            "starting",
            NOW,
            NOW.plusMillis(5)
        );
    }

    private static FleetEvent event(String id, String server) {
        return new FleetEvent(
            id,
            NOW,
            FleetEvent.Kind.PHASE_CHANGED,
            server,
            "n1",
            "op",
            "It is awake: hooray, \"' \u00e4\u4e2d\ud83d\ude34",
            Map.of("from", "STARTING", "to", "AWAKE")
        );
    }

    @Test
    void aServerComesBackAsItWasDefined() {
        store.write(new Change.PutServer(full(), NOW));

        reopen();

        assertThat(store.servers()).containsExactly(full());
    }

    @Test
    void everyKindOfWorkloadAndWakePolicyComesBack() {
        List<ServerDefinition> all = List.of(
            plain("a"),
            ServerDefinition.named("b", new Workload.Container("mc-abc123", 25_566))
                .wake(new WakeRules(new WakeRules.Owners(), List.of()))
                .sleep(SleepRules.pause(Duration.ofSeconds(90)))
                .build(),
            ServerDefinition.named("c", new Workload.Remote("17"))
                .wake(new WakeRules(new WakeRules.Whitelist(), List.of()))
                .build(),
            ServerDefinition.named(
                "d",
                new Workload.Elsewhere(
                    List.of(new ServerAddress(new HostAndPort("2001:db8::1", 25_565), VersionRange.ALL))
                )
            ).build()
        );
        all.forEach(server -> store.write(new Change.PutServer(server, NOW)));

        assertThat(store.servers()).containsExactlyElementsOf(all);
    }

    @Test
    void aDefinitionReplacesTheOneBefore() {
        store.write(new Change.PutServer(full(), NOW));
        ServerDefinition changed = full().but().node(null).build();
        store.write(new Change.PutServer(changed, NOW));

        assertThat(store.servers()).containsExactly(changed);
    }

    @Test
    void aNodeComesBackUntilItIsRemoved() {
        var node = new NodeDefinition(
            "n1",
            ManagedBy.API,
            "docker",
            "tcp://10.0.0.2:2376",
            Map.of("ca", "ca.pem"),
            "10.0.0.2",
            new Resources(16L << 30, 8.0),
            new Price(new BigDecimal("0.012"), "EUR", Price.Per.HOUR),
            true
        );
        store.write(new Change.PutNode(node, NOW));
        reopen();
        assertThat(store.nodes()).containsExactly(node);

        store.write(new Change.RemoveNode("n1"));
        assertThat(store.nodes()).isEmpty();
    }

    @Test
    void aServersStateAndInstanceComeBack() {
        var state = new ServerState(
            "survival",
            Phase.FAILED,
            NOW,
            "Ada",
            "Grace",
            "op",
            3,
            "It ended.",
            List.of("one", "two")
        );
        var made = new Instance("i1", "survival", "n1", "nightporter-survival", null, null, null);
        var running = new Instance(
            "i1",
            "survival",
            "n1",
            "nightporter-survival",
            "c0ffee",
            new HostAndPort("10.0.0.2", 32_768),
            NOW
        );
        store.write(new Change.PutServer(full(), NOW), new Change.PutState(state), new Change.PutInstance(made));
        assertThat(store.instances()).containsExactly(made);

        store.write(new Change.PutInstance(running));
        reopen();

        assertThat(store.states()).containsExactly(state);
        assertThat(store.instances()).containsExactly(running);
    }

    @Test
    void aServerCannotHaveTwoInstances() {
        store.write(
            new Change.PutServer(full(), NOW),
            new Change.PutInstance(new Instance("i1", "survival", "n1", "a", null, null, null))
        );
        assertThatThrownBy(() ->
            store.write(new Change.PutInstance(new Instance("i2", "survival", "n2", "b", null, null, null)))
        ).isInstanceOf(StoreException.class);
    }

    @Test
    void ofChangesThatBelongTogetherAllAreWrittenOrNone() {
        assertThatThrownBy(() ->
            store.write(
                new Change.PutServer(plain("a"), NOW),
                new Change.AddEvent(event("e1", "a")),
                new Change.PutState(ServerState.asleep("nobody", NOW))
            )
        ).isInstanceOf(StoreException.class);

        assertThat(store.servers()).isEmpty();
        assertThat(store.latestEvents(null, 10)).isEmpty();
    }

    @Test
    void aRemovedServerTakesItsStateAndInstanceAlongAndLeavesItsHistory() {
        store.write(
            new Change.PutServer(full(), NOW),
            new Change.PutState(ServerState.asleep("survival", NOW)),
            new Change.PutInstance(new Instance("i1", "survival", "n1", "a", null, null, null)),
            new Change.PutOperation(operation("o1", "survival", Operation.State.DONE)),
            new Change.AddEvent(event("e1", "survival"))
        );
        store.write(new Change.RemoveServer("survival"));

        assertThat(store.servers()).isEmpty();
        assertThat(store.states()).isEmpty();
        assertThat(store.instances()).isEmpty();
        assertThat(store.operations("survival", 10)).hasSize(1);
        assertThat(store.latestEvents("survival", 10)).hasSize(1);
    }

    @Test
    void operationsAreFoundByIdByServerAndByWhetherTheyAreGoingOn() {
        Operation done = operation("o1", "a", Operation.State.DONE);
        Operation running = operation("o2", "a", Operation.State.RUNNING);
        Operation other = operation("o3", "b", Operation.State.RUNNING);
        for (Operation one : List.of(done, running, other)) {
            store.write(new Change.PutOperation(one));
        }
        reopen();

        assertThat(store.operation("o2")).contains(running);
        assertThat(store.operation("o9")).isEmpty();
        assertThat(store.operations("a", 10)).containsExactly(running, done);
        assertThat(store.operations(null, 2)).containsExactly(other, running);
        assertThat(store.runningOperations()).containsExactly(running, other);
    }

    @Test
    void eventsCanBeFollowedFromAnyOneOn() {
        List<FleetEvent> all = List.of(event("e1", "a"), event("e2", "b"), event("e3", "a"));
        all.forEach(one -> store.write(new Change.AddEvent(one)));

        assertThat(store.eventsAfter(null, null, 10)).containsExactlyElementsOf(all);
        assertThat(store.eventsAfter("e1", null, 1)).containsExactly(all.get(1));
        assertThat(store.eventsAfter("e1", "a", 10)).containsExactly(all.get(2));
        assertThat(store.latestEvents(null, 2)).containsExactly(all.get(1), all.get(2));
    }

    @Test
    void pastStartsAreToldNewestFirst() {
        List<WakeRecord> all = IntStream.range(0, 3)
            .mapToObj(i ->
                new WakeRecord("w" + i, "a", NOW, Phase.ASLEEP, Cause.order("Ada"), Duration.ofMillis(1_234 + i), i > 0)
            )
            .toList();
        all.forEach(one -> store.write(new Change.AddWake(one)));

        assertThat(store.wakes("a", 2)).containsExactly(all.get(2), all.get(1));
        assertThat(store.wakes("b", 2)).isEmpty();
    }

    @Test
    void oldHistoryIsForgottenExceptWhatIsGoingOn() {
        store.write(
            new Change.AddEvent(event("e1", "a")),
            new Change.AddWake(
                new WakeRecord("w1", "a", NOW, Phase.ASLEEP, Cause.order("Ada"), Duration.ofSeconds(1), true)
            ),
            new Change.PutOperation(operation("o1", "a", Operation.State.DONE)),
            new Change.PutOperation(operation("o2", "a", Operation.State.RUNNING))
        );
        store.forgetBefore(NOW);
        assertThat(store.latestEvents(null, 10)).hasSize(1);

        store.forgetBefore(NOW.plusSeconds(1));

        assertThat(store.latestEvents(null, 10)).isEmpty();
        assertThat(store.wakes("a", 10)).isEmpty();
        assertThat(store.operations(null, 10)).extracting(Operation::id).containsExactly("o2");
    }

    @Test
    void manyWriteAndReadAtTheSameTime() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> writers = IntStream.range(0, 50)
                .mapToObj(i ->
                    threads.submit(() -> {
                        for (int round = 0; round < 5; round++) {
                            store.write(
                                new Change.PutServer(plain("s" + i), NOW),
                                new Change.PutState(ServerState.asleep("s" + i, NOW.plusSeconds(round)))
                            );
                            store.states();
                        }
                    })
                )
                .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(store.states())
            .hasSize(50)
            .allMatch(state -> state.since().equals(NOW.plusSeconds(4)));
    }

    @Test
    void aSecondNightporterIsRefusedTheStore() {
        assertThatThrownBy(this::open)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("is in use by another Nightporter");
        reopen();
        assertThat(store.servers()).isEmpty();
    }
}
