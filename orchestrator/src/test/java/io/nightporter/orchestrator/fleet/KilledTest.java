package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.SleepRules;
import io.nightporter.orchestrator.store.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nightporter is killed with -9: before and after each single write and each call to a node, one after the other. When it is
 * back, records and instances agree, nothing runs twice, and only what had been asked to stop before has stopped.
 */
class KilledTest {

    @TempDir
    private Path folder;

    /** What is done until the kill, and how long that may take. */
    private record Story(String name, Consumer<SimHouse> before, Consumer<SimHouse> told) {}

    private static final List<Story> STORIES = List.of(
        new Story("the first start", _ -> {}, house -> house.fleet().wake("survival", SimHouse.STEVE)),
        new Story(
            "a start after a sleep",
            house -> {
                house.awake("survival");
                house.fleet().stop("survival", SimHouse.ADMIN);
                house.seconds(20);
            },
            house -> house.fleet().wake("survival", SimHouse.STEVE)
        ),
        new Story(
            "a stop by order",
            house -> house.awake("survival"),
            house -> house.fleet().stop("survival", SimHouse.ADMIN)
        ),
        new Story("a sleep", house -> house.awake("survival"), house -> house.pass(Duration.ofMinutes(5))),
        new Story(
            "a pause",
            house -> {
                house.define(paused());
                house.awake("survival");
            },
            house -> house.pass(Duration.ofMinutes(5))
        ),
        new Story(
            "a wake from a pause",
            house -> {
                house.define(paused());
                house.awake("survival");
                house.pass(Duration.ofMinutes(6));
            },
            house -> house.fleet().wake("survival", SimHouse.STEVE)
        ),
        new Story(
            "a restart with another definition",
            house -> {
                house.awake("survival");
                house.define(SimHouse.server("survival").but().plan(Plan.ALWAYS_ON).build());
            },
            house -> house.fleet().restart("survival", SimHouse.ADMIN)
        ),
        new Story(
            "a start that fails",
            house -> house.node().behaviour("survival").crashAfter = Duration.ofSeconds(5),
            house -> house.fleet().wake("survival", SimHouse.STEVE)
        )
    );

    private static ServerDefinition paused() {
        return SimHouse.server("survival")
            .but()
            .sleep(SleepRules.pauseThenStop(Duration.ofMinutes(5), Duration.ofHours(9)))
            .build();
    }

    @TestFactory
    List<DynamicTest> atEveryStepOf() {
        return STORIES.stream()
            .map(story -> DynamicTest.dynamicTest(story.name, () -> atEveryStep(story)))
            .toList();
    }

    private void atEveryStep(Story story) throws IOException {
        int steps = Integer.MAX_VALUE;
        int tried = 0;
        for (int step = 1; step <= steps; step++) {
            try (var house = new SimHouse(Files.createTempDirectory(folder, "store"))) {
                house.define(SimHouse.server("survival"));
                story.before.accept(house);
                int first = house.interactions;
                int last = first + step;
                house.interaction = number -> {
                    if (number == last) {
                        house.kill();
                    }
                };
                story.told.accept(house);
                house.seconds(40);
                if (!house.life.over()) {
                    steps = house.interactions - first;
                    break;
                }
                house.interaction = _ -> {};
                backAndInOrder(house);
                tried++;
            }
        }
        assertThat(tried).isGreaterThanOrEqualTo(8);
    }

    private static void backAndInOrder(SimHouse house) {
        long stopsBefore = house.node().deeds("stop survival");
        boolean ordered = house.store.runningOperations().stream().anyMatch(KilledTest::leadsToAStop);
        house.seconds(3);
        house.reopen();
        house.seconds(50);

        assertAgreement(house, "survival");
        if (!ordered) {
            assertThat(house.node().deeds("stop survival")).as("stopped by the restart alone").isEqualTo(stopsBefore);
        }
        house.node().behaviour("survival").crashAfter = null;
        house.fleet().wake("survival", SimHouse.ADMIN);
        house.seconds(60);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertAgreement(house, "survival");
    }

    /** Who was about to sleep and had not been asked to stop yet, stays awake. */
    private static boolean leadsToAStop(Operation operation) {
        boolean asked = operation
            .steps()
            .stream()
            .anyMatch(step -> step.name().equals(Ending.STOP));
        boolean order = operation.kind() != Operation.Kind.START && operation.cause().kind() != Cause.Kind.IDLE;
        return asked || order;
    }

    /** Records and instances say the same, and there is one instance at most. */
    static void assertAgreement(SimHouse house, String server) {
        SimNode node = house.node();
        assertThat(
            node.containers
                .values()
                .stream()
                .filter(one -> one.spec.server().equals(server))
        )
            .as("instances of %s", server)
            .hasSizeLessThanOrEqualTo(1);
        ServerView view = house.view(server);
        assertThat(view.phase()).as("%s", view.state()).isIn(Phase.ASLEEP, Phase.PAUSED, Phase.AWAKE, Phase.FAILED);
        assertThat(node.alive(server))
            .as("alive in %s", view.phase())
            .isEqualTo(view.phase() == Phase.AWAKE || view.phase() == Phase.PAUSED ? 1 : 0);
        assertThat(house.store.states()).contains(view.state());
        assertThat(house.store.runningOperations()).isEmpty();
        if (view.phase() == Phase.AWAKE) {
            assertThat(view.address()).hasToString("n1:" + node.of(server).port);
            assertThat(house.store.instances()).singleElement().isEqualTo(view.instance());
            assertThat(node.of(server).ready()).isTrue();
        }
    }

    @Test
    void atRandomMomentsOfABusyEveningNothingIsLost() throws IOException {
        var random = new Random(26_3);
        try (var house = new SimHouse(Files.createTempDirectory(folder, "store"))) {
            house.define(SimHouse.server("survival"));
            for (int kill = 0; kill < 100; kill++) {
                long stops = house.node().deeds("stop survival");
                boolean asked = false;
                switch (random.nextInt(5)) {
                    case 0, 1 -> house.wake("survival");
                    case 2 -> {
                        house.fleet().stop("survival", SimHouse.ADMIN);
                        asked = true;
                    }
                    case 3 -> {
                        house.fleet().restart("survival", SimHouse.ADMIN);
                        asked = true;
                    }
                    default -> house.players("survival", random.nextInt(2));
                }
                house.pass(Duration.ofMillis(random.nextInt(30_000)));
                house.reopen();
                house.pass(Duration.ofSeconds(60));

                assertAgreement(house, "survival");
                if (!asked) {
                    assertThat(house.node().deeds("stop survival")).isEqualTo(stops);
                }
            }
        }
    }

    @Test
    void anAwakeServerIsAwakeAtOnceAndWithoutAnyEvent() throws IOException {
        try (var house = new SimHouse(Files.createTempDirectory(folder, "store"))) {
            house.define(SimHouse.server("survival"));
            house.awake("survival");
            house.events.clear();
            house.reopen();

            assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
            assertThat(house.view("survival").address()).hasToString("n1:30001");
            assertThat(house.events).isEmpty();
        }
    }

    @Test
    void whatHappenedInBetweenIsFoundOut() throws IOException {
        try (var house = new SimHouse(Files.createTempDirectory(folder, "store"))) {
            for (String name : List.of("died", "started", "restarted", "paused", "removed")) {
                house.define(SimHouse.server(name));
                house.awake(name);
            }
            house.fleet().stop("started", SimHouse.ADMIN);
            house.seconds(20);
            house.kill();
            SimNode node = house.node();
            node.end(node.of("died"), 1, 137);
            node.start(node.of("started"));
            node.end(node.of("restarted"), 1, 0);
            node.start(node.of("restarted"));
            node.pause(node.of("paused"));
            node.end(node.of("removed"), 1, 0);
            node.remove(node.of("removed"));
            house.seconds(60);
            house.reopen();
            house.seconds(1);

            assertThat(house.phase("died")).isEqualTo(Phase.ASLEEP);
            assertThat(house.phase("started")).isEqualTo(Phase.AWAKE);
            assertThat(house.phase("restarted")).isEqualTo(Phase.AWAKE);
            assertThat(house.view("restarted").address()).hasToString("n1:" + node.of("restarted").port);
            assertThat(house.phase("paused")).isEqualTo(Phase.PAUSED);
            assertThat(house.phase("removed")).isEqualTo(Phase.ASLEEP);
            assertThat(house.events(FleetEvent.Kind.INSTANCE_DIED)).isEqualTo(2);
        }
    }

    @Test
    void anInstanceOfWhichTheRecordsKnowNothingIsAdopted() throws IOException {
        try (
            var house = new SimHouse(Files.createTempDirectory(folder, "store"));
            var fresh = new SimHouse(Files.createTempDirectory(folder, "store"))
        ) {
            house.define(SimHouse.server("survival"));
            house.awake("survival");
            SimNode.Container running = house.node().of("survival");
            fresh.define(SimHouse.server("survival"));
            fresh.node().start(fresh.node().create(running.spec, running.labels));
            fresh.reopen();
            fresh.seconds(30);

            assertThat(fresh.phase("survival")).isEqualTo(Phase.AWAKE);
            assertThat(fresh.node().deeds).isEmpty();
        }
    }

    @Test
    void whereTheRecordsSayThatSomethingWasBeingDoneAndNotWhatTheInstanceDecides() throws IOException {
        for (Phase phase : List.of(Phase.STARTING, Phase.STOPPING, Phase.MOVING)) {
            try (var house = new SimHouse(Files.createTempDirectory(folder, "store"))) {
                house.define(SimHouse.server("running"));
                house.define(SimHouse.server("stopped"));
                house.awake("running");
                house.kill();
                for (String server : List.of("running", "stopped")) {
                    var state = ServerState.asleep(server, SimTime.START).in(phase, SimTime.START);
                    house.store.write(new Change.PutState(state));
                }
                house.reopen();
                house.seconds(5);

                assertThat(house.phase("running")).isEqualTo(Phase.AWAKE);
                assertThat(house.phase("stopped")).isEqualTo(Phase.ASLEEP);
                assertThat(house.node().deeds).containsExactly("create running", "start running");
            }
        }
    }
}
