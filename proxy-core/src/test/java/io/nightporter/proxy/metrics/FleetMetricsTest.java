package io.nightporter.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.fleet.StartTimes;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.orchestrator.store.StoreException;
import io.nightporter.protocol.version.VersionRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {

    private static final Instant START = Instant.parse("2026-11-23T16:40:00Z");

    private final List<ServerView> servers = new ArrayList<>();
    private final List<NodeView> nodes = new ArrayList<>();
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final ProxyMetrics metrics = new ProxyMetrics("1.2.3");
    private final FleetMetrics fleet = metrics.fleet(() -> servers, () -> nodes, this::operation);
    private volatile boolean storeIsAway;

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void serversAreCountedByPhaseAndThoseOfSomebodyElseAreNot() {
        servers.add(server("survival", new Workload.Container("survival", 25565), Phase.AWAKE, null));
        servers.add(server("creative", new Workload.Container("creative", 25565), Phase.AWAKE, null));
        servers.add(server("games", new Workload.Container("games", 25565), Phase.ASLEEP, null));
        servers.add(
            server(
                "theirs",
                new Workload.Elsewhere(
                    List.of(new ServerAddress(new HostAndPort("10.0.0.7", 25565), VersionRange.ALL))
                ),
                Phase.AWAKE,
                null
            )
        );
        assertThat(scraped()).contains(
            "nightporter_servers{phase=\"awake\"} 2.0",
            "nightporter_servers{phase=\"asleep\"} 1.0",
            "nightporter_servers{phase=\"failed\"} 0.0"
        );
        servers.clear();
        assertThat(scraped()).contains("nightporter_servers{phase=\"awake\"} 0.0");
    }

    @Test
    void nodesAreUpOrDownForAsLongAsTheyAreDefined() {
        nodes.add(new NodeView(new NodeDefinition("n1", "docker"), true, 0, 0));
        nodes.add(new NodeView(new NodeDefinition("n2", "docker"), false, 0, 0));
        assertThat(scraped()).contains("nightporter_node_up{node=\"n1\"} 1.0", "nightporter_node_up{node=\"n2\"} 0.0");
        nodes.removeLast();
        assertThat(scraped()).noneMatch(line -> line.contains("node=\"n2\""));
    }

    @Test
    void aWakeTakesFromTheBeginningOfTheStartUntilTheServerIsAwake() {
        changed("survival", Phase.ASLEEP, Phase.STARTING, Cause.Kind.PLAYER, 0);
        changed("creative", Phase.PAUSED, Phase.STARTING, Cause.Kind.SCHEDULE, 1);
        changed("creative", Phase.STARTING, Phase.AWAKE, Cause.Kind.SCHEDULE, 2);
        changed("survival", Phase.STARTING, Phase.AWAKE, Cause.Kind.PLAYER, 40);
        assertThat(scraped()).contains(
            "# TYPE nightporter_wake_seconds histogram",
            "nightporter_wake_seconds_count{cause=\"player\"} 1",
            "nightporter_wake_seconds_sum{cause=\"player\"} 40.0",
            "nightporter_wake_seconds_bucket{cause=\"player\",le=\"30.0\"} 0",
            "nightporter_wake_seconds_bucket{cause=\"player\",le=\"60.0\"} 1",
            "nightporter_wake_seconds_bucket{cause=\"player\",le=\"600.0\"} 1",
            "nightporter_wake_seconds_sum{cause=\"schedule\"} 1.0"
        );
    }

    @Test
    void whatIsNoStartFromSleepIsNoWake() {
        // A restart, a start that failed, and a server that was found awake.
        changed("survival", Phase.AWAKE, Phase.STOPPING, Cause.Kind.ORDER, 0);
        changed("survival", Phase.STOPPING, Phase.STARTING, Cause.Kind.ORDER, 5);
        changed("survival", Phase.STARTING, Phase.AWAKE, Cause.Kind.ORDER, 20);
        changed("creative", Phase.ASLEEP, Phase.STARTING, Cause.Kind.PLAYER, 0);
        changed("creative", Phase.STARTING, Phase.FAILED, Cause.Kind.PLAYER, 60);
        changed("creative", Phase.FAILED, Phase.AWAKE, Cause.Kind.RECONCILIATION, 90);
        assertThat(scraped())
            .filteredOn(line -> line.startsWith("nightporter_wake_seconds_count"))
            .containsExactly("nightporter_wake_seconds_count{cause=\"player\"} 0");
    }

    @Test
    void failedStartsAreCountedForEachServerUntilItIsRemoved() {
        servers.add(server("creative", new Workload.Container("creative", 25565), Phase.AWAKE, null));
        tell(FleetEvent.Kind.START_FAILED, "survival", null);
        tell(FleetEvent.Kind.START_FAILED, "survival", null);
        tell(FleetEvent.Kind.START_FAILED, "old.box-1", null);
        assertThat(scraped()).contains(
            "nightporter_boot_failures_total{server=\"survival\"} 2.0",
            "nightporter_boot_failures_total{server=\"old.box-1\"} 1.0",
            "nightporter_boot_failures_total{server=\"creative\"} 0.0"
        );
        tell(FleetEvent.Kind.SERVER_REMOVED, "survival", null);
        assertThat(scraped()).noneMatch(line -> line.contains("survival"));
    }

    @Test
    void thereIsAnEndToTheNamesOfServers() {
        for (int i = 0; i < 3000; i++) {
            tell(FleetEvent.Kind.START_FAILED, "server-" + i, null);
        }
        List<String> failures = scraped()
            .stream()
            .filter(line -> line.startsWith("nightporter_boot_failures_total{"))
            .toList();
        assertThat(failures)
            .contains("nightporter_boot_failures_total{server=\"other\"} 2000.0")
            .hasSizeLessThanOrEqualTo(1001);
        tell(FleetEvent.Kind.SERVER_REMOVED, "server-2999", null);
        assertThat(scraped()).contains("nightporter_boot_failures_total{server=\"other\"} 2000.0");
    }

    @Test
    void whoIsPutToSleepBecauseNobodyPlaysIsCountedAndWhoIsStoppedByOrderIsNot() {
        changed("survival", Phase.STOPPING, Phase.ASLEEP, Cause.Kind.IDLE, 0);
        changed("creative", Phase.STOPPING, Phase.PAUSED, Cause.Kind.IDLE, 0);
        changed("games", Phase.STOPPING, Phase.ASLEEP, Cause.Kind.ORDER, 0);
        assertThat(scraped()).contains(
            "nightporter_idle_stops_total{to=\"asleep\"} 1.0",
            "nightporter_idle_stops_total{to=\"paused\"} 1.0"
        );
    }

    @Test
    void whoHadToBeKilledIsCounted() {
        assertThat(scraped()).contains("nightporter_instances_killed_total 0.0");
        tell(FleetEvent.Kind.INSTANCE_KILLED, "survival", null);
        assertThat(scraped()).contains("nightporter_instances_killed_total 1.0");
    }

    @Test
    void operationsRunUntilTheStoreSaysHowTheyEnded() {
        operation("01A", Operation.Kind.START, Operation.State.RUNNING);
        tell(FleetEvent.Kind.PHASE_CHANGED, "survival", "01A");
        assertThat(scraped()).contains(
            "nightporter_operations_running{kind=\"start\"} 1.0",
            "nightporter_operations_running{kind=\"stop\"} 0.0",
            "nightporter_operations_total{kind=\"start\",result=\"done\"} 0.0"
        );
        operation("01A", Operation.Kind.START, Operation.State.DONE);
        assertThat(scraped()).contains(
            "nightporter_operations_running{kind=\"start\"} 0.0",
            "nightporter_operations_total{kind=\"start\",result=\"done\"} 1.0"
        );
        assertThat(scraped()).contains("nightporter_operations_total{kind=\"start\",result=\"done\"} 1.0");
    }

    @Test
    void anOperationFromBeforeIsFoundInTheStateOfItsServer() {
        operation("01B", Operation.Kind.STOP, Operation.State.RUNNING);
        servers.add(server("survival", new Workload.Container("survival", 25565), Phase.STOPPING, "01B"));
        assertThat(scraped()).contains("nightporter_operations_running{kind=\"stop\"} 1.0");
        servers.clear();
        operation("01B", Operation.Kind.STOP, Operation.State.CANCELLED);
        assertThat(scraped()).contains("nightporter_operations_total{kind=\"stop\",result=\"cancelled\"} 1.0");
    }

    @Test
    void anOperationThatTheStoreDoesNotTellOfIsAskedForAgain() {
        operation("01C", Operation.Kind.START, Operation.State.FAILED);
        storeIsAway = true;
        tell(FleetEvent.Kind.START_FAILED, "survival", "01C");
        assertThat(scraped()).contains("nightporter_operations_total{kind=\"start\",result=\"failed\"} 0.0");
        storeIsAway = false;
        assertThat(scraped()).contains("nightporter_operations_total{kind=\"start\",result=\"failed\"} 1.0");
    }

    private Optional<Operation> operation(String id) {
        if (storeIsAway) {
            throw new StoreException("away", null);
        }
        return Optional.ofNullable(operations.get(id));
    }

    private void operation(String id, Operation.Kind kind, Operation.State state) {
        var cause = new Cause(Cause.Kind.PLAYER);
        operations.put(id, new Operation(id, kind, "survival", cause, state, List.of(), 0, "", START, START));
    }

    private void changed(String server, Phase from, Phase to, Cause.Kind cause, int second) {
        Map<String, String> data = Map.of("from", from.name(), "to", to.name(), "cause", cause.name());
        fleet.heard(
            new FleetEvent(
                "01" + second,
                START.plusSeconds(second),
                FleetEvent.Kind.PHASE_CHANGED,
                server,
                "n1",
                null,
                "It changed.",
                data
            )
        );
    }

    private void tell(FleetEvent.Kind kind, String server, @Nullable String operation) {
        fleet.heard(new FleetEvent("01", START, kind, server, "n1", operation, "It happened.", Map.of()));
    }

    private static ServerView server(String name, Workload workload, Phase phase, @Nullable String operation) {
        ServerState state = ServerState.asleep(name, START).in(phase, START).withOperation(operation);
        return new ServerView(
            ServerDefinition.named(name, workload).build(),
            state,
            null,
            true,
            null,
            null,
            null,
            StartTimes.UNKNOWN
        );
    }

    private List<String> scraped() {
        return metrics.scrape().lines().toList();
    }
}
