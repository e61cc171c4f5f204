package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that do not start, that end, that somebody else lays hands on, and nodes that go away. */
class TroubleTest {

    @TempDir
    private Path folder;

    private SimHouse house;

    @BeforeEach
    void open() {
        house = new SimHouse(folder);
        house.define(SimHouse.server("survival"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aServerThatEndsInItsBootIsTriedThreeTimesAndThenLeftAlone() {
        house.node().behaviour("survival").crashAfter = Duration.ofSeconds(4);
        house.wake("survival");
        house.pass(Duration.ofMinutes(2));

        assertThat(house.phase("survival")).isEqualTo(Phase.FAILED);
        assertThat(house.node().deeds("start survival")).isEqualTo(3);
        assertThat(house.events(FleetEvent.Kind.START_FAILED)).isEqualTo(3);
        assertThat(house.events(FleetEvent.Kind.SERVER_FAILED)).isEqualTo(1);
        assertThat(house.view("survival").state().failure()).isEqualTo(
            "It ended with exit code 1 before it was ready."
        );
        assertThat(house.view("survival").state().lastLines()).last().asString().contains("out of luck");
        assertThat(house.store.operations("survival", 1))
            .singleElement()
            .satisfies(operation -> assertThat(operation.state()).isEqualTo(Operation.State.FAILED));
        assertThat(house.wake("survival")).isInstanceOfSatisfying(WakeAnswer.Refused.class, refused ->
            assertThat(refused.message())
                .contains("did not start 3 times in a row")
                .contains("exit code 1")
                .contains("nightporter servers start survival")
        );
        house.pass(Duration.ofHours(1));
        assertThat(house.node().deeds("start survival")).isEqualTo(3);
    }

    @Test
    void aFailedServerGetsOneMoreChanceFromAPlayerLaterAndAllOfThemByOrder() {
        house.node().behaviour("survival").crashAfter = Duration.ofSeconds(4);
        house.wake("survival");
        house.pass(Duration.ofMinutes(10));

        house.wake("survival");
        house.pass(Duration.ofMinutes(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.FAILED);
        assertThat(house.node().deeds("start survival")).isEqualTo(4);

        house.fleet().wake("survival", SimHouse.ADMIN);
        house.pass(Duration.ofMinutes(2));
        assertThat(house.node().deeds("start survival")).isEqualTo(7);

        house.node().behaviour("survival").crashAfter = null;
        house.fleet().wake("survival", SimHouse.ADMIN);
        house.pass(Duration.ofMinutes(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.view("survival").state().failedStarts()).isZero();
    }

    @Test
    void aServerThatIsNeverReadyIsStoppedEachTimeAndInTheEnd() {
        house.node().behaviour("survival").neverReady = true;
        house.wake("survival");
        house.pass(Duration.ofMinutes(16));
        assertThat(house.node().deeds("start survival")).isEqualTo(2);
        house.pass(Duration.ofMinutes(35));

        assertThat(house.phase("survival")).isEqualTo(Phase.FAILED);
        assertThat(house.node().alive("survival")).isZero();
        assertThat(house.node().deeds("stop survival")).isEqualTo(3);
        assertThat(house.view("survival").state().failure()).isEqualTo("It was not ready after 900 s: no answer.");
    }

    @Test
    void whatANodeRefusesIsTriedAgain() {
        house.fault = (call, before) -> {
            if (before && call.equals("create survival") && house.time.now().isBefore(SimTime.START.plusSeconds(3))) {
                throw new NodeRefusedException("n1", "no space left on device", "Free some room.", null);
            }
        };
        house.wake("survival");
        house.seconds(4);
        assertThat(house.phase("survival")).isEqualTo(Phase.STARTING);
        assertThat(house.store.runningOperations())
            .singleElement()
            .satisfies(operation ->
                assertThat(operation.message()).contains("no space left on device").contains("tried again in 5 s")
            );
        house.seconds(30);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
    }

    @Test
    void anInstanceOfOursThatIsThereAlreadyIsTakenAndOneOfSomebodyElseIsNot() {
        house.awake("survival");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(10);
        SimNode.Container first = house.node().of("survival");
        house.node().remove(first);
        house.seconds(1);
        house.fault = (call, before) -> {
            if (before && call.equals("create survival")) {
                house.node().create(first.spec, first.labels);
            }
        };
        house.awake("survival");

        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(10);
        house.node().remove(house.node().of("survival"));
        house.seconds(1);
        house.fault = (call, before) -> {
            if (before && call.equals("create survival")) {
                house.node().create(first.spec, Map.of());
            }
        };
        house.wake("survival");
        house.seconds(30);
        assertThat(house.phase("survival")).isEqualTo(Phase.FAILED);
        assertThat(house.view("survival").state().failure()).contains(
            "The name nightporter-survival is taken on node n1."
        );
    }

    @Test
    void whatCanNeverWorkIsNotTriedAgain() {
        house.fault = (call, _) -> {
            if (call.equals("prepare survival")) {
                throw new BadDefinitionException("there is no image nosuch", "Name one that exists.", null);
            }
        };
        house.wake("survival");
        house.seconds(1);
        assertThat(house.phase("survival")).isEqualTo(Phase.FAILED);
        assertThat(house.view("survival").state().failure()).isEqualTo(
            "There is no image nosuch. Name one that exists."
        );
    }

    @Test
    void aServerThatIsPlayedOnAndEndsIsStartedAgain() {
        house.awake("survival");
        house.players("survival", 2);
        house.pass(Duration.ofMinutes(30));
        house.node().end(house.node().of("survival"), 1, 1);
        house.seconds(1);
        assertThat(house.phase("survival")).isEqualTo(Phase.STARTING);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_DIED)).isEqualTo(1);
        house.seconds(30);

        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
    }

    @Test
    void aServerThatKeepsEndingSoonAfterItsStartIsLeftAlone() {
        house.awake("survival");
        house.players("survival", 1);
        for (int i = 1; i <= 3; i++) {
            house.node().end(house.node().of("survival"), i, 1);
            house.seconds(30);
        }
        assertThat(house.phase("survival")).isEqualTo(Phase.FAILED);
        assertThat(house.node().deeds("start survival")).isEqualTo(3);
    }

    @Test
    void aServerThatNobodyPlaysOnAndEndsIsAsleep() {
        house.awake("survival");
        house.node().end(house.node().of("survival"), 1, 0);
        house.seconds(10);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.view("survival").instance())
            .isNotNull()
            .satisfies(it -> assertThat(it.address()).isNull());
    }

    @Test
    void whatIsStartedBehindOurBackIsAwakeAndSleepsAfterItsTime() {
        house.awake("survival");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(10);
        house.node().start(house.node().of("survival"));
        house.seconds(25);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_ADOPTED)).isEqualTo(1);
        assertThat(house.store.wakes("survival", 10)).hasSize(1);

        house.pass(Duration.ofMinutes(6));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void whatIsPausedRestartedOrRemovedBehindOurBackIsKnownAtOnce() {
        house.awake("survival");
        house.node().pause(house.node().of("survival"));
        house.seconds(1);
        assertThat(house.phase("survival")).isEqualTo(Phase.PAUSED);

        house.node().unpause(house.node().of("survival"));
        house.seconds(2);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);

        house.node().end(house.node().of("survival"), 1, 0);
        house.node().start(house.node().of("survival"));
        house.seconds(2);
        assertThat(house.phase("survival")).isEqualTo(Phase.STARTING);
        house.seconds(20);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.view("survival").address()).hasToString("n1:30002");

        house.node().end(house.node().of("survival"), 2, 137);
        house.node().remove(house.node().of("survival"));
        house.seconds(1);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        house.awake("survival");
    }

    @Test
    void whatNoEventToldOfIsFoundOutAnyway() {
        house.awake("survival");
        house.node().silent = true;
        house.node().end(house.node().of("survival"), 1, 1);
        house.seconds(61);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void aStopIsNoticedWithoutEvents() {
        house.awake("survival");
        house.node().silent = true;
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(6);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void aLostNodeIsNoticedWithinTenSecondsAndEverythingIsAsItWasWhenItIsBack() {
        house.awake("survival");
        house.players("survival", 1);
        house.node().cut = true;
        house.seconds(10);
        assertThat(house.view("survival").status()).isEqualTo(Status.UNREACHABLE);
        assertThat(house.view("survival").address()).isNull();
        assertThat(house.view("survival").phase()).isEqualTo(Phase.AWAKE);
        assertThat(house.events(FleetEvent.Kind.NODE_LOST)).isEqualTo(1);

        house.seconds(30);
        house.node().cut = false;
        house.seconds(3);

        assertThat(house.view("survival").status()).isEqualTo(Status.RUNNING);
        assertThat(house.view("survival").address()).hasToString("n1:30001");
        assertThat(house.events(FleetEvent.Kind.NODE_BACK)).isEqualTo(1);
        assertThat(house.node().deeds).containsExactly("create survival", "start survival");
    }

    @Test
    void aServerWithoutPlayersOutlivesTheLossOfItsNodeAndSleepsAfterIt() {
        house.awake("survival");
        house.node().cut = true;
        house.pass(Duration.ofHours(1));
        house.node().cut = false;
        house.seconds(3);
        assertThat(house.phase("survival")).isIn(Phase.AWAKE, Phase.STOPPING);
        house.pass(Duration.ofMinutes(6));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void whatEndedWhileTheNodeWasAwayIsKnownWhenItIsBack() {
        house.define(house.view("survival").definition().but().plan(Plan.ALWAYS_ON).build());
        house.seconds(30);
        house.node().cut = true;
        house.seconds(20);
        house.node().end(house.node().of("survival"), 1, 137);
        house.node().cut = false;
        house.seconds(5);
        assertThat(house.phase("survival")).isEqualTo(Phase.STARTING);
        house.seconds(30);
        assertThat(house.view("survival").address()).hasToString("n1:30002");
    }

    @Test
    void aStartWaitsForItsNode() {
        house.node().cut = true;
        house.seconds(10);
        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Starting.class);
        house.pass(Duration.ofMinutes(5));
        assertThat(house.view("survival").phase()).isEqualTo(Phase.STARTING);
        assertThat(house.store.runningOperations())
            .singleElement()
            .satisfies(operation -> assertThat(operation.message()).contains("Node n1 cannot be reached"));

        house.node().cut = false;
        house.seconds(30);
        assertThat(house.view("survival").phase()).isEqualTo(Phase.AWAKE);
        assertThat(house.view("survival").state().failedStarts()).isZero();
    }

    @Test
    void aNodeThatGoesAwayInTheMiddleOfAStartCostsNoAttempt() {
        house.wake("survival");
        house.seconds(5);
        house.node().cut = true;
        house.pass(Duration.ofMinutes(5));
        house.node().cut = false;
        house.seconds(5);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.node().deeds("start survival")).isEqualTo(1);
    }

    @Test
    void aStopWaitsForItsNode() {
        house.awake("survival");
        house.node().cut = true;
        house.seconds(10);
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.pass(Duration.ofMinutes(5));
        assertThat(house.phase("survival")).isEqualTo(Phase.STOPPING);
        house.node().cut = false;
        house.seconds(8);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_KILLED)).isZero();
        assertThat(house.node().of("survival").state).isEqualTo(State.ENDED);
    }

    @Test
    void anOrderInTheMomentInWhichTheNodeGoesAwayIsCarriedOutWhenItIsBack() {
        house.awake("survival");
        house.node().cut = true;
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.pass(Duration.ofMinutes(2));
        house.node().cut = false;
        house.seconds(8);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().deeds("stop survival")).isEqualTo(1);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_KILLED)).isZero();
    }

    @Test
    void whatANodeRefusesOverAndOverIsNotAskedInCircles() {
        house.awake("survival");
        int[] refusals = new int[1];
        house.fault = (call, before) -> {
            if (before && call.equals("stop survival")) {
                refusals[0]++;
                throw new NodeRefusedException("n1", "not now", "Wait.", null);
            }
        };
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(58);
        assertThat(refusals[0]).isBetween(10, 13);
        assertThat(house.store.runningOperations())
            .singleElement()
            .satisfies(operation -> assertThat(operation.message()).contains("not now"));
        house.fault = SimDriver.Fault.NONE;
        house.seconds(10);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    private int refuse(String refused) {
        int[] refusals = new int[1];
        house.fault = (call, before) -> {
            if (before && call.equals(refused)) {
                refusals[0]++;
                throw new NodeRefusedException("n1", "permission denied", "Allow it.", null);
            }
        };
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.pass(Duration.ofHours(1));
        return refusals[0];
    }

    @Test
    void whatCannotBeKilledIsToldOfOnceAndTriedEveryMinute() {
        house.awake("survival");
        house.node().behaviour("survival").ignoresStop = true;

        assertThat(refuse("kill survival")).isBetween(55, 65);

        assertThat(house.events(FleetEvent.Kind.INSTANCE_KILLED)).isEqualTo(1);
        assertThat(house.store.runningOperations())
            .singleElement()
            .satisfies(operation -> {
                assertThat(operation.steps()).hasSizeLessThan(4);
                assertThat(operation.message()).contains("permission denied");
            });
        house.fault = SimDriver.Fault.NONE;
        house.seconds(61);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void whatCannotBeAskedToStopIsKilledAfterItsTime() {
        house.awake("survival");

        assertThat(refuse("stop survival")).isBetween(10, 13);

        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_KILLED)).isEqualTo(1);
    }

    @Test
    void aSecondInstanceIsToldOfAndLeftAlone() {
        house.awake("survival");
        SimNode other = house.node("n2");
        SimNode.Container first = house.node().of("survival");
        other.start(other.create(first.spec, first.labels));
        house.pass(Duration.ofMinutes(2));

        assertThat(house.events(FleetEvent.Kind.INSTANCE_DOUBLE)).isEqualTo(1);
        assertThat(house.view("survival").node()).isEqualTo("n1");
        assertThat(other.deeds).isEmpty();
    }
}
