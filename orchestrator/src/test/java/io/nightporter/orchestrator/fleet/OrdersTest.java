package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.Rcon;
import io.nightporter.orchestrator.model.WakeRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What admins call off and empty. */
class OrdersTest {

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

    private String begun(OrderAnswer answer) {
        assertThat(answer).isInstanceOf(OrderAnswer.Begun.class);
        return ((OrderAnswer.Begun) answer).operation();
    }

    private String start(String server) {
        assertThat(house.wake(server)).isInstanceOf(WakeAnswer.Starting.class);
        return house.store.operations(server, 1).getFirst().id();
    }

    private OrderAnswer cancel(String operation) {
        return house.now(house.fleet().cancel(operation, "admin"));
    }

    private void refused(OrderAnswer answer, String why) {
        assertThat(answer).isInstanceOfSatisfying(OrderAnswer.Refused.class, refused ->
            assertThat(refused.message()).contains(why)
        );
    }

    private Operation.State state(String operation) {
        return house.store.operation(operation).orElseThrow().state();
    }

    // Calling off.

    @Test
    void aStartThatIsCalledOffStopsWhatItHasStarted() {
        String start = start("survival");
        house.seconds(5);
        assertThat(house.node().alive("survival")).isEqualTo(1);

        String stop = begun(cancel(start));
        house.seconds(10);

        assertThat(state(start)).isEqualTo(Operation.State.CANCELLED);
        assertThat(state(stop)).isEqualTo(Operation.State.DONE);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().alive("survival")).isZero();
        assertThat(cancel(start)).isInstanceOf(OrderAnswer.Already.class);
        refused(cancel(stop), "It is over");
        assertThat(cancel("01NOSUCHOPERATION")).isEqualTo(new OrderAnswer.Unknown());
    }

    @Test
    void aStartForWhichPlayersWaitGoesOn() {
        String start = start("survival");
        house.players("survival", 2);
        refused(cancel(start), "2 players wait for survival");
        house.seconds(25);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
    }

    @Test
    void aStartThatAnotherServerNeedsGoesOn() {
        house.define(
            SimHouse.server("shop")
                .but()
                .wake(new WakeRules(new WakeRules.Everyone(), List.of("survival")))
                .build()
        );
        house.wake("shop");
        house.seconds(1);
        refused(cancel(house.store.operations("survival", 1).getFirst().id()), "Another server needs survival");
    }

    @Test
    void aStartThatFindsNoNodeCanBeCalledOff() {
        house.define(SimHouse.server("roaming").but().node(null).build());
        house.fleet().drain("n1", true, "admin");
        String start = start("roaming");
        house.seconds(5);
        begun(cancel(start));
        house.seconds(1);
        assertThat(house.phase("roaming")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void aStopCanBeCalledOffUntilTheServerIsAsked() {
        house.node().typed = new ArrayList<>();
        house.awake("survival");
        house.now(house.fleet().pin("survival", "steve"));
        house.players("survival", 1);
        String stop = begun(house.now(house.fleet().stop("survival", SimHouse.ADMIN)));
        house.seconds(5);
        assertThat(house.phase("survival")).isEqualTo(Phase.STOPPING);

        assertThat(cancel(stop)).isInstanceOf(OrderAnswer.Already.class);

        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(state(stop)).isEqualTo(Operation.State.CANCELLED);
        assertThat(house.view("survival").state().pinnedBy()).isEqualTo("steve");
        assertThat(house.view("survival").state().stoppedBy()).isNull();
        house.pass(Duration.ofMinutes(10));
        assertThat(house.node().deeds("stop survival")).isZero();

        String other = begun(house.now(house.fleet().stop("survival", SimHouse.ADMIN)));
        house.seconds(11);
        refused(cancel(other), "has been asked to stop already");
        house.seconds(10);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void whatEndedMeanwhileIsNotTakenForAwakeWhenAStopIsCalledOff() {
        house.node().typed = new ArrayList<>();
        house.awake("survival");
        house.players("survival", 1);
        String stop = begun(house.now(house.fleet().stop("survival", SimHouse.ADMIN)));
        house.seconds(2);
        house.node().silent = true;
        house.node().end(house.node().of("survival"), 1, 1);
        house.node().silent = false;

        cancel(stop);
        house.seconds(30);

        assertThat(house.events(FleetEvent.Kind.INSTANCE_DIED)).isEqualTo(1);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.node().deeds("start survival")).as("for who plays there").isEqualTo(2);
    }

    // The warning.

    @Test
    void whoPlaysIsWarnedBeforeAnOrderAndNotWhenNobodyDoes() {
        List<String> typed = new ArrayList<>();
        house.node().typed = typed;
        house.awake("survival");
        house.players("survival", 1);
        house.fleet().restart("survival", SimHouse.ADMIN);
        house.seconds(9);
        assertThat(typed).containsExactly("say This server restarts in 10 s.");
        assertThat(house.node().deeds("stop survival")).isZero();
        house.seconds(2);
        assertThat(house.node().deeds("stop survival")).isEqualTo(1);
        house.seconds(40);

        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(3);
        house.players("survival", 0);
        house.seconds(1);
        assertThat(house.node().deeds("stop survival")).as("nobody is left to be warned").isEqualTo(2);
        house.seconds(10);

        typed.clear();
        house.awake("survival");
        house.pass(Duration.ofMinutes(6));
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(typed).isEmpty();
    }

    @Test
    void theWarningGoesOverTheNetworkWhereThatIsConfiguredAndNobodyWaitsForOneThatIsNotHeard() {
        List<String> typed = new ArrayList<>();
        house.define(SimHouse.server("survival").but().rcon(new Rcon(25_565, "password")).build());
        house.console = (_, _, command) -> {
            typed.add(command);
            return "";
        };
        house.awake("survival");
        house.players("survival", 1);
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(20);
        assertThat(typed).containsExactly("say This server stops in 10 s.", "save-all flush");

        house.console = ServerConsole.NONE;
        house.players("survival", 0);
        house.awake("survival");
        house.players("survival", 1);
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(1);
        assertThat(house.node().deeds("stop survival")).isEqualTo(2);
    }

    // Emptying a node.

    @Test
    void noServerIsStartedOnANodeThatIsEmptied() {
        house.define(SimHouse.server("second"));
        house.define(SimHouse.server("always").but().plan(Plan.ALWAYS_ON).build());
        house.awake("survival");
        assertThat(house.fleet().drain("n1", true, "admin")).isInstanceOf(OrderAnswer.Already.class);

        assertThat(house.wake("second")).isInstanceOfSatisfying(WakeAnswer.Refused.class, refused ->
            assertThat(refused.message()).contains("no more servers are started")
        );
        house.seconds(30);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        refused(house.now(house.fleet().restart("survival", SimHouse.ADMIN)), "no more servers are started");
        house.fleet().stop("always", SimHouse.ADMIN);
        house.seconds(30);
        house.now(house.fleet().unpin("always", "admin"));

        house.fleet().drain("n1", false, "admin");
        house.awake("second");
        assertThat(house.fleet().drain("elsewhere", true, "admin")).isEqualTo(new OrderAnswer.Unknown());
    }

    @Test
    void whoComesWhileAServerIsStoppedOnSuchANodeDoesNotStartItAgain() {
        house.awake("survival");
        house.fleet().drain("n1", true, "admin");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(1);
        assertThat(house.phase("survival")).isEqualTo(Phase.STOPPING);

        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Refused.class);

        house.seconds(30);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().deeds("start survival")).isEqualTo(1);
    }

    @Test
    void aNodeThatIsEmptiedWhileSomebodyWaitsForAStopDoesNotStartItAgain() {
        house.awake("survival");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(1);
        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Starting.class);
        house.fleet().drain("n1", true, "admin");

        house.seconds(30);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().deeds("start survival")).isEqualTo(1);
    }

    @Test
    void whatIsAlwaysOnWaitsForTheNodeToTakeServersAgain() {
        house.fleet().drain("n1", true, "admin");
        house.define(SimHouse.server("always").but().plan(Plan.ALWAYS_ON).build());
        house.pass(Duration.ofMinutes(10));
        assertThat(house.phase("always")).isEqualTo(Phase.ASLEEP);
        assertThat(house.store.operations("always", 5)).isEmpty();

        house.fleet().drain("n1", false, "admin");
        house.seconds(30);
        assertThat(house.phase("always")).isEqualTo(Phase.AWAKE);
    }

    @Test
    void theOrderHoldsWhateverIsReadAgainAndWhoeverIsRestarted() {
        house.fleet().drain("n1", true, "admin");
        house.reopen();
        house.fleet().define(new NodeDefinition("n1", "docker"));
        assertThat(house.fleet().nodes().getFirst().definition().draining()).isTrue();
        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Refused.class);

        house.fleet().drain("n1", false, "admin");
        house.fleet().define(new NodeDefinition("n1", "docker"));
        assertThat(house.fleet().nodes().getFirst().definition().draining()).isFalse();
    }

    @Test
    void whoHearsOfSomethingAndLooksFindsItSo() {
        List<String> heard = new ArrayList<>();
        List<String> found = new ArrayList<>();
        house.fleet().subscribe(event -> {
            var view = house.fleet().server("survival");
            switch (event.kind()) {
                case PHASE_CHANGED -> {
                    heard.add(event.data().get("to"));
                    found.add(view.orElseThrow().phase().name());
                }
                case SERVER_REMOVED -> {
                    heard.add("none");
                    found.add(view.isEmpty() ? "none" : "one");
                }
                default -> {
                }
            }
        });
        house.wake("survival");
        house.seconds(30);
        house.now(house.fleet().remove("survival", ManagedBy.API, SimHouse.ADMIN));
        house.seconds(30);

        assertThat(heard).containsExactly("STARTING", "AWAKE", "STOPPING", "none");
        assertThat(found).isEqualTo(heard);
    }
}
