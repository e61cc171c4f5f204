package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.SleepRules;
import io.nightporter.orchestrator.model.WakeRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a server from its first player to its last. */
class FleetTest {

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
    void aPlayerWakesASleepingServer() {
        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Starting.class);
        assertThat(house.phase("survival")).isEqualTo(Phase.STARTING);
        assertThat(house.view("survival").address()).isNull();

        house.seconds(21);

        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.view("survival").address()).isNotNull();
        assertThat(house.node().deeds).containsExactly("create survival", "start survival");
        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Awake.class);
    }

    @Test
    void aShortTimeIsNotMadeLongerByWhoPlayedBefore() {
        house.define(
            SimHouse.server("lobby")
                .but()
                .sleep(SleepRules.stop(Duration.ofSeconds(5)))
                .build()
        );
        house.players("lobby", 1);
        house.awake("lobby");
        house.seconds(2);
        assertThat(house.phase("lobby")).isEqualTo(Phase.AWAKE);

        house.players("lobby", 0);
        house.seconds(10);

        assertThat(house.phase("lobby")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void anIdleServerIsStoppedAfterItsTime() {
        house.awake("survival");
        house.players("survival", 1);
        house.pass(Duration.ofHours(3));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);

        house.players("survival", 0);
        house.seconds(299);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        house.seconds(5);

        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().of("survival").state).isEqualTo(State.ENDED);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_KILLED)).isZero();
    }

    /** Also where that is shorter than the time after which somebody asks whether they are still there. */
    @Test
    void aServerSleepsSoonAfterItsPlayersHaveLeftIfThatIsWhatIsWanted() {
        var rules = SleepRules.stop(Duration.ofSeconds(5));
        house.define(SimHouse.server("brief").but().sleep(rules).build());
        house.wake("brief");
        house.players("brief", 1);
        house.seconds(30);
        assertThat(house.phase("brief")).isEqualTo(Phase.AWAKE);

        house.players("brief", 0);
        house.seconds(20);

        assertThat(house.phase("brief")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void howeverManyWaitItIsStartedOnce() {
        WakeAnswer first = house.wake("survival");
        for (int i = 0; i < 19; i++) {
            house.seconds(1);
            assertThat(house.wake("survival")).isInstanceOfSatisfying(WakeAnswer.Starting.class, again ->
                assertThat(first).isInstanceOfSatisfying(WakeAnswer.Starting.class, it ->
                    assertThat(again.operation()).isEqualTo(it.operation())
                )
            );
        }
        house.seconds(30);

        assertThat(house.node().deeds("start survival")).isEqualTo(1);
        assertThat(house.store.operations("survival", 10)).hasSize(1);
    }

    @Test
    void theRemainingTimeIsLearnedFromPastStarts() {
        house.wake("survival");
        assertThat(house.view("survival").readyIn(house.time.now())).isNull();
        house.seconds(25);
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(10);

        house.wake("survival");
        house.seconds(8);

        assertThat(house.view("survival").readyIn(house.time.now())).isBetween(
            Duration.ofSeconds(12),
            Duration.ofSeconds(13)
        );
    }

    @Test
    void aServerThatHasStartedBeforeIsFoundReadyInAMoment() {
        house.node().behaviour("survival").boot = Duration.ofMillis(20_100);
        house.awake("survival");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(10);
        Instant start = house.time.now();
        house.wake("survival");
        house.seconds(25);

        assertThat(Duration.between(start, house.view("survival").state().since())).isBetween(
            Duration.ofMillis(20_100),
            Duration.ofMillis(20_360)
        );
    }

    @Test
    void itIsPausedFirstAndStoppedLaterAndAPauseEndsInAMoment() {
        house.define(sleeping(SleepRules.pauseThenStop(Duration.ofMinutes(5), Duration.ofMinutes(30))));
        house.awake("survival");
        house.seconds(305);
        assertThat(house.phase("survival")).isEqualTo(Phase.PAUSED);
        assertThat(house.node().of("survival").state).isEqualTo(State.PAUSED);

        house.wake("survival");
        house.seconds(1);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        // It says nothing about how long a start takes.
        assertThat(house.store.wakes("survival", 2))
            .extracting(WakeRecord::from)
            .containsExactly(Phase.PAUSED, Phase.ASLEEP);

        house.pass(Duration.ofMinutes(29));
        assertThat(house.phase("survival")).isEqualTo(Phase.PAUSED);
        house.pass(Duration.ofMinutes(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().of("survival").state).isEqualTo(State.ENDED);
    }

    @Test
    void aServerThatIsOnlyPausedIsNeverStopped() {
        house.define(sleeping(SleepRules.pause(Duration.ofMinutes(5))));
        house.awake("survival");
        house.pass(Duration.ofDays(3));
        assertThat(house.phase("survival")).isEqualTo(Phase.PAUSED);
    }

    @Test
    void whoSpeaksOnlyToTheServerKeepsItAwakeToo() {
        house.awake("survival");
        house.node().behaviour("survival").playersOfItsOwn = 1;
        house.pass(Duration.ofHours(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);

        house.node().behaviour("survival").playersOfItsOwn = 0;
        house.pass(Duration.ofMinutes(6));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void playersOfWhomNobodyToldKeepItAwakeUntilTheyHaveLeft() {
        house.awake("survival");
        house.players.put("survival", 1);
        house.pass(Duration.ofHours(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.events).noneMatch(event -> "STOPPING".equals(event.data().get("to")));

        house.players.put("survival", 0);
        house.pass(Duration.ofMinutes(10));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void aCountThatWasBegunBeforeSomebodyCameCountsForNothing() {
        house.awake("survival");
        var slow = new CompletableFuture<Integer>();
        house.gateway = _ -> slow;
        house.seconds(300);
        house.players("survival", 1);
        slow.complete(0);
        house.seconds(10);

        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.events).noneMatch(event -> "STOPPING".equals(event.data().get("to")));
    }

    @Test
    void whereTheProxyDoesNotSayHowManyPlayNobodyIsStopped() {
        house.awake("survival");
        house.gateway = _ -> CompletableFuture.failedFuture(new IllegalStateException("gone"));
        house.pass(Duration.ofHours(1));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
    }

    @Test
    void aServerThatDoesNotAnswerAnyMoreIsGivenTimeAndThenStopped() {
        house.awake("survival");
        house.node().behaviour("survival").hangs = true;
        house.pass(Duration.ofMinutes(7));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        house.pass(Duration.ofMinutes(4));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void aServerThatDoesNotStopIsKilledAndThatIsLoud() {
        house.awake("survival");
        house.node().behaviour("survival").ignoresStop = true;
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(59);
        assertThat(house.phase("survival")).isEqualTo(Phase.STOPPING);
        assertThat(house.node().deeds("kill survival")).isZero();
        house.seconds(3);

        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().deeds("kill survival")).isEqualTo(1);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_KILLED)).isEqualTo(1);
    }

    @Test
    void whoComesWhileItStopsWakesItAgain() {
        house.awake("survival");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(1);
        assertThat(house.phase("survival")).isEqualTo(Phase.STOPPING);

        house.wake("survival");
        house.seconds(30);

        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.node().deeds("start survival")).isEqualTo(2);
    }

    @Test
    void aPlayerWhoComesBeforeItIsAskedToStopKeepsItAwake() {
        house.awake("survival");
        // The proxy tells of the player at the last moment: when it has heard that the server is about to stop.
        house.fleet().subscribe(event -> {
            if ("STOPPING".equals(event.data().get("to"))) {
                house.players.put("survival", 1);
            }
        });
        house.pass(Duration.ofMinutes(10));

        assertThat(house.node().deeds("stop survival")).isZero();
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
    }

    @Test
    void aPinKeepsItAwakeUntilItIsTakenOut() {
        house.fleet().pin("survival", "admin");
        house.pass(Duration.ofHours(5));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);

        house.fleet().unpin("survival", "admin");
        house.seconds(200);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        house.seconds(110);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void itIsAwakeInItsHoursWhoeverComes() {
        // It is noon.
        house.define(
            sleeping(SleepRules.DEFAULT.withAwake(List.of(new AwakeWindow(LocalTime.of(18, 0), LocalTime.of(23, 0)))))
        );
        house.pass(Duration.ofHours(6).minusSeconds(5));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        house.seconds(30);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        house.pass(Duration.ofHours(5).minusSeconds(60));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        house.pass(Duration.ofMinutes(7));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        house.pass(Duration.ofHours(19));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
    }

    @Test
    void itStaysAwakeForItsMinimumUptime() {
        house.define(sleeping(SleepRules.DEFAULT.withMinimumUptime(Duration.ofMinutes(20))));
        house.awake("survival");
        house.pass(Duration.ofMinutes(19));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        house.pass(Duration.ofMinutes(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void aServerThatIsAlwaysOnStartsByItselfAndStaysDownOnlyByOrder() {
        house.define(house.view("survival").definition().but().plan(Plan.ALWAYS_ON).build());
        house.pass(Duration.ofHours(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);

        house.fleet().stop("survival", SimHouse.ADMIN);
        house.pass(Duration.ofHours(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);

        house.reopen();
        house.pass(Duration.ofHours(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);

        house.awake("survival");
        house.pass(Duration.ofHours(2));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
    }

    @Test
    void aRestartIsOneOperation() {
        house.awake("survival");
        house.fleet().restart("survival", SimHouse.ADMIN);
        house.seconds(30);

        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.store.operations("survival", 1))
            .singleElement()
            .satisfies(operation -> {
                assertThat(operation.kind()).isEqualTo(Operation.Kind.RESTART);
                assertThat(operation.state()).isEqualTo(Operation.State.DONE);
                assertThat(operation.steps())
                    .extracting(Operation.Step::name)
                    .containsExactly("stop", "prepare", "start", "ready");
            });
        assertThat(house.node().deeds).containsExactly(
            "create survival",
            "start survival",
            "stop survival",
            "start survival"
        );
    }

    @Test
    void aStartCanBeStopped() {
        house.wake("survival");
        house.seconds(5);
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(5);

        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().alive("survival")).isZero();
        assertThat(house.store.runningOperations()).isEmpty();
    }

    private ServerDefinition sleeping(SleepRules rules) {
        return house.view("survival").definition().but().sleep(rules).build();
    }

    @Test
    void whoComesWhenAPausedServerIsAboutToBeStoppedIsLetIn() {
        house.define(
            SimHouse.server("survival")
                .but()
                .sleep(new SleepRules(Duration.ofMinutes(5), Duration.ofMinutes(20), Duration.ZERO, List.of()))
                .build()
        );
        house.awake("survival");
        house.gateway = server -> {
            if (house.phase(server) == Phase.STOPPING && house.node().of(server).state == SeenInstance.State.PAUSED) {
                house.fleet().wake(server, SimHouse.STEVE);
            }
            return CompletableFuture.completedFuture(0);
        };
        house.pass(Duration.ofMinutes(21));

        assertThat(house.node().of("survival").state).isEqualTo(SeenInstance.State.RUNNING);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.node().deeds("stop survival")).isZero();
    }
}
