package io.nightporter.orchestrator.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.builtin.BuiltInDrivers;
import io.nightporter.orchestrator.fleet.FleetParts;
import io.nightporter.orchestrator.fleet.FleetSettings;
import io.nightporter.orchestrator.fleet.Orchestrator;
import io.nightporter.orchestrator.fleet.Placement;
import io.nightporter.orchestrator.fleet.Probe;
import io.nightporter.orchestrator.fleet.ServerConsole;
import io.nightporter.orchestrator.fleet.WakeAnswer;
import io.nightporter.orchestrator.fleet.WallClock;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.RunRules;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.orchestrator.store.SqlStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server of another system, from its first player to its last. */
@Timeout(90)
class RemoteFleetTest {

    private static final HostAndPort GAME = new HostAndPort("127.0.0.1", 25_599);

    @TempDir
    private Path folder;

    private OtherSystem other;
    private SqlStore store;
    private WallClock time;
    private Orchestrator fleet;

    @BeforeEach
    void open() throws Exception {
        other = new OtherSystem(folder);
        store = SqlStore.open("sqlite:fleet.db?synchronous=OFF", folder);
        time = new WallClock(ZoneOffset.UTC);
        fleet = Orchestrator.open(
            new FleetParts(
                store,
                new BuiltInDrivers(folder),
                (address, _) ->
                    address.equals(GAME) && other.status.contains("running")
                        ? new Probe.Result.Ready(0)
                        : new Probe.Result.NotYet(false, "connection refused"),
                ServerConsole.NONE,
                _ -> CompletableFuture.completedFuture(0),
                Placement.ROOMIEST,
                time,
                FleetSettings.DEFAULT
            )
        );
        fleet.define(other.node(""));
    }

    @AfterEach
    void close() {
        fleet.close();
        time.close();
        store.close();
        other.close();
    }

    private void define(RunRules run) {
        fleet
            .define(
                ServerDefinition.named("survival", new Workload.Remote("srv-1", GAME))
                    .node("panel")
                    .plan(Plan.PAY_PER_USE)
                    .run(run)
                    .build()
            )
            .join();
    }

    private void wake() {
        assertThat(fleet.wake("survival", Cause.player("1", "Steve")).join()).isInstanceOf(WakeAnswer.Starting.class);
    }

    private void becomes(Phase phase) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (fleet.server("survival").orElseThrow().phase() != phase) {
            assertThat(System.nanoTime()).as("still %s", fleet.server("survival")).isLessThan(until);
            Thread.sleep(50);
        }
    }

    @Test
    void itIsStartedWhenSomebodyComesAndStoppedWhenItIsOrdered() throws Exception {
        define(RunRules.DEFAULT);
        wake();
        Thread.sleep(3_000);
        assertThat(fleet.server("survival").orElseThrow().phase()).isEqualTo(Phase.STARTING);
        other.status = "{\"status\": \"starting\"}";
        Thread.sleep(3_000);
        other.status = "{\"status\": \"running\"}";
        becomes(Phase.AWAKE);
        assertThat(fleet.server("survival").orElseThrow().address()).isEqualTo(GAME);
        assertThat(other.asked("POST /api/servers/srv-1/start")).isEqualTo(1);
        assertThat(other.asked("GET /api/servers/srv-1/status")).isLessThan(15);

        fleet.stop("survival", Cause.order("admin")).join();
        Thread.sleep(1_000);
        other.status = "{\"status\": \"stopped\"}";
        becomes(Phase.ASLEEP);
        assertThat(other.asked("POST /api/servers/srv-1/stop")).isEqualTo(1);
    }

    @Test
    void oneThatIsNeverReadyFailsWithAReason() throws Exception {
        define(new RunRules(Duration.ofSeconds(4), 1, Duration.ofSeconds(30)));
        other.status = "{\"status\": \"starting\"}";
        // It says so by itself, so it is watched until somebody wants it.
        becomes(Phase.STARTING);
        other.status = "{\"status\": \"stopped\"}";
        becomes(Phase.ASLEEP);
        wake();
        Thread.sleep(1_000);
        other.status = "{\"status\": \"starting\"}";
        Thread.sleep(4_500);
        other.status = "{\"status\": \"stopped\"}";
        becomes(Phase.FAILED);
        assertThat(fleet.server("survival").orElseThrow().state().failure()).contains("not ready after 4 s");
    }

    @Test
    void oneThatStopsByItselfIsAsleep() throws Exception {
        define(RunRules.DEFAULT);
        wake();
        other.status = "{\"status\": \"running\"}";
        becomes(Phase.AWAKE);
        other.behaviour = OtherSystem.always(500, "");
        Thread.sleep(3_000);
        assertThat(fleet.server("survival").orElseThrow().phase()).as("an error says nothing").isEqualTo(Phase.AWAKE);
        other.behaviour = OtherSystem.always(200, "{\"status\": \"offline\"}");
        becomes(Phase.ASLEEP);
    }
}
