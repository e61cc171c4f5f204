package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.WirePlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real Prometheus sees what the dashboard and the alerts in docs look at. */
@Timeout(180)
class FleetWatchedIT {

    private static final int PROTOCOL = 775;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern METRIC = Pattern.compile("\\b(?:nightporter|jvm|process)_[a-z0-9_]+");

    @Test
    void aStartIsSeenInPrometheus() throws IOException {
        try (
            FleetHouse house = FleetHouse.plan("fleet-watched")
                .world("seen", GameVersion.World.V26_1, Map.of())
                .world("unseen", GameVersion.World.V26_1, Map.of())
                .open();
            Prometheus prometheus = Prometheus.watching(house.nightporter())
        ) {
            prometheus.awaitValue("nightporter_servers{phase=\"asleep\"}", 2, LIMIT);
            prometheus.awaitValue("nightporter_node_up{node=\"local\"}", 1, LIMIT);
            prometheus.awaitValue("nightporter_wake_seconds_count{cause=\"player\"}", 0, LIMIT);
            try (WirePlayer player = house.join(PROTOCOL, "seen", "Seen")) {
                prometheus.awaitValue("nightporter_servers{phase=\"starting\"}", 1, LIMIT);
                house.api().awaitPhase("seen", "AWAKE", LIMIT);
                player.chatUntilHeard("here I am");
                prometheus.awaitValue("nightporter_servers{phase=\"awake\"}", 1, LIMIT);
                prometheus.awaitValue("nightporter_servers{phase=\"asleep\"}", 1, LIMIT);
                prometheus.awaitValue("nightporter_wake_seconds_count{cause=\"player\"}", 1, LIMIT);
                prometheus.awaitValue("nightporter_wake_seconds_bucket{cause=\"player\",le=\"600.0\"}", 1, LIMIT);
                assertThat(prometheus.value("nightporter_wake_seconds_sum{cause=\"player\"}").orElseThrow()).isPositive();
            }
            // Of garbage collections there has to be one.
            Shell.run(
                java.util.List.of(
                    Workplace.java().resolveSibling("jcmd").toString(),
                    Long.toString(house.nightporter().child().pid()),
                    "GC.run"
                )
            );
            prometheus.awaitValue("sum(jvm_gc_pause_seconds_count) > bool 0", 1, LIMIT);
            prometheus.awaitValue("sum(nightporter_api_requests_total{status=\"200\"}) > bool 0", 1, LIMIT);
            Set<String> looked = looked("docs/grafana/nightporter.json");
            looked.addAll(looked("docs/alerts/nightporter.rules.yml"));
            assertThat(prometheus.names()).containsAll(looked);
            assertThat(prometheus.alerts()).isEmpty();
        }
    }

    private static Set<String> looked(String file) throws IOException {
        return METRIC.matcher(Files.readString(Workplace.ROOT.resolve(file)))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
