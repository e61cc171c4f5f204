package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.WakeRules;
import io.nightporter.orchestrator.store.Change;
import io.nightporter.orchestrator.store.SqlStore;
import io.nightporter.orchestrator.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand servers, with real threads and a store that goes to the disk. */
class ManyServersTest {

    private static final int SERVERS = 1_000;
    private static final Instant BEFORE = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path folder;

    private final QuickDriver driver = new QuickDriver();
    private final WallClock clock = new WallClock(ZoneOffset.UTC);
    private final AtomicInteger tasks = new AtomicInteger();
    private final Timekeeper time = new Timekeeper() {
        @Override
        public Instant now() {
            return clock.now();
        }

        @Override
        public ZoneId zone() {
            return clock.zone();
        }

        @Override
        public void run(Runnable task) {
            tasks.incrementAndGet();
            clock.run(task);
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return clock.after(delay, task);
        }
    };
    private Store store;

    @BeforeEach
    void open() {
        store = SqlStore.open("sqlite:fleet.db", folder);
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.PutNode(new NodeDefinition("n1", "docker"), BEFORE));
        for (int i = 0; i < SERVERS; i++) {
            String name = name(i);
            changes.add(new Change.PutServer(SimHouse.server(name), BEFORE));
            changes.add(new Change.PutState(ServerState.asleep(name, BEFORE).in(recorded(i), BEFORE)));
            changes.add(new Change.PutInstance(instance(i)));
            String container = "nightporter-" + name;
            Map<String, String> labels = Map.of(Labels.FLEET, "nightporter", Labels.SERVER, name);
            driver.instances.put(
                container,
                QuickDriver.instance(container, labels, found(i) == Phase.AWAKE ? State.RUNNING : State.ENDED)
            );
        }
        store.write(changes);
    }

    @AfterEach
    void close() {
        clock.close();
        store.close();
    }

    private static String name(int i) {
        return "server-%04d".formatted(i);
    }

    /** A third was awake. */
    private static Phase recorded(int i) {
        return i % 3 == 0 ? Phase.AWAKE : Phase.ASLEEP;
    }

    /** A tenth has changed since. */
    private static Phase found(int i) {
        if (i % 10 != 0) {
            return recorded(i);
        }
        return recorded(i) == Phase.AWAKE ? Phase.ASLEEP : Phase.AWAKE;
    }

    private static Instance instance(int i) {
        String container = "nightporter-" + name(i);
        return recorded(i) == Phase.AWAKE
            ? new Instance(
                  "i" + i,
                  name(i),
                  "n1",
                  container,
                  container,
                  new HostAndPort("127.0.0.1", 25_565),
                  Instant.EPOCH
              )
            : new Instance("i" + i, name(i), "n1", container, container, null, null);
    }

    private Orchestrator fleet() {
        return Orchestrator.open(
            new FleetParts(
                store,
                _ -> driver,
                (_, _) -> new Probe.Result.Ready(0),
                ServerConsole.NONE,
                _ -> CompletableFuture.completedFuture(0),
                Placement.ROOMIEST,
                time,
                FleetSettings.DEFAULT
            )
        );
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void recordsAgreeWithAThousandServersWithinFiveSeconds() throws InterruptedException {
        long start = System.nanoTime();
        try (Orchestrator fleet = fleet()) {
            await(() ->
                IntStream.range(0, SERVERS).allMatch(i -> fleet.server(name(i)).orElseThrow().phase() == found(i))
            );
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("1,000 servers, of which 100 had changed: " + took.toMillis() + " ms");
            assertThat(took).isLessThan(Duration.ofSeconds(5));
            assertThat(driver.starts).hasValue(0);
            assertThat(store.states())
                .hasSize(SERVERS)
                .allSatisfy(state ->
                    assertThat(state.phase()).isEqualTo(found(Integer.parseInt(state.server().substring(7))))
                );
        }
    }

    @Test
    void aFleetInWhichNothingHappensDoesNothing() throws Exception {
        try (Orchestrator fleet = fleet()) {
            // Neighbours that are both kept awake must not wake each other up over and over.
            fleet.define(
                SimHouse.server(name(2))
                    .but()
                    .wake(new WakeRules(new WakeRules.Everyone(), List.of(name(1))))
                    .build()
            );
            fleet.pin(name(1), "admin").get();
            fleet.pin(name(2), "admin").get();
            await(() -> fleet.server(name(2)).orElseThrow().phase() == Phase.AWAKE);
            Thread.sleep(2_000);
            int calls = driver.calls.get();
            int before = tasks.get();
            Thread.sleep(3_000);
            assertThat(driver.calls.get() - calls).isZero();
            // A sign of life of the node every two seconds, and no more.
            assertThat(tasks.get() - before).isLessThan(10);
        }
    }

    @Test
    void twoHundredWhoComeAtTheSameTimeStartAServerOnce() throws Exception {
        try (Orchestrator fleet = fleet(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WakeAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(() -> fleet.wake(name(1), SimHouse.STEVE).get()));
            }
            for (Future<WakeAnswer> answer : answers) {
                assertThat(answer.get()).isInstanceOfAny(WakeAnswer.Starting.class, WakeAnswer.Awake.class);
            }
            await(() -> fleet.server(name(1)).orElseThrow().phase() == Phase.AWAKE);
            assertThat(driver.starts).hasValue(1);
            assertThat(store.operations(name(1), 10)).hasSize(1);
        }
    }
}
