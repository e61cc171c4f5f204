package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.SessionIdentity;
import io.nightporter.e2e.SessionServer;
import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
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
    void whatTheDashboardAndTheAlertsLookAtIsThereInPrometheus() throws IOException {
        Map<String, Object> settings = Map.of("versions", "26.1..");
        try (
            SessionServer sessionServer = SessionServer.start();
            FleetHouse house = FleetHouse.plan("fleet-watched")
                .proxy("onlineMode", true)
                .proxy("sessionServer", sessionServer.address().toString())
                .world("seen", GameVersion.World.V26_1, settings)
                .world("other", GameVersion.World.V26_1, settings)
                .network("both", "seen", "other")
                .open();
            Prometheus prometheus = Prometheus.watching(house.nightporter())
        ) {
            prometheus.awaitValue("nightporter_servers{phase=\"asleep\"}", 2, LIMIT);
            prometheus.awaitValue("nightporter_node_up{node=\"local\"}", 1, LIMIT);
            prometheus.awaitValue("nightporter_wake_seconds_count{cause=\"player\"}", 0, LIMIT);
            try (WirePlayer player = join(house, sessionServer, PROTOCOL)) {
                prometheus.awaitValue("nightporter_servers{phase=\"starting\"}", 1, LIMIT);
                house.api().awaitPhase("seen", "AWAKE", LIMIT);
                player.chatUntilHeard("here I am");
                prometheus.awaitValue("nightporter_servers{phase=\"awake\"}", 1, LIMIT);
                prometheus.awaitValue("nightporter_wake_seconds_count{cause=\"player\"}", 1, LIMIT);
                prometheus.awaitValue("nightporter_wake_seconds_bucket{cause=\"player\",le=\"600.0\"}", 1, LIMIT);
                assertThat(
                    prometheus.value("nightporter_wake_seconds_sum{cause=\"player\"}").orElseThrow()
                ).isPositive();
                assertThat(prometheus.alerts()).noneMatch(alert -> alert.path("state").asString("").equals("firing"));
                fallBack(house, player);
            }
            house.listed(PROTOCOL, "seen");
            try (WirePlayer old = join(house, sessionServer, 765)) {
                assertThat(old.awaitEnd()).contains("Your game version does not fit");
            }
            // Of garbage collections there has to be one.
            String jcmd = Workplace.java().resolveSibling("jcmd").toString();
            Shell.run(List.of(jcmd, Long.toString(house.nightporter().child().pid()), "GC.run"));
            prometheus.awaitValue("sum(jvm_gc_pause_seconds_count) > bool 0", 1, LIMIT);
            prometheus.awaitValue("sum(nightporter_api_requests_total{status=\"200\"}) > bool 0", 1, LIMIT);
            prometheus.awaitValue("sum(nightporter_rejected_total) > bool 0", 1, LIMIT);
            Set<String> looked = looked("docs/grafana/nightporter.json");
            looked.addAll(looked("docs/alerts/nightporter.rules.yml"));
            assertThat(prometheus.names()).containsAll(looked);
        }
    }

    private static WirePlayer join(FleetHouse house, SessionServer sessionServer, int protocol) throws IOException {
        int port = house.nightporter().port();
        var handshake = new Handshake(protocol, "both.test", port, Handshake.LOGIN);
        var identity = new SessionIdentity(sessionServer.address(), "Seen");
        return WirePlayer.connect(port, FleetHouse.version(protocol), handshake, "Seen", identity);
    }

    /** To the lobby, because the server that the player was on is killed; it comes back by itself. */
    private static void fallBack(FleetHouse house, WirePlayer player) throws IOException {
        house.api().order("other", "start");
        house.api().awaitPhase("other", "AWAKE", LIMIT);
        player.link().send(State.PLAY, ChatCommand.unsigned("server other", System.currentTimeMillis()));
        player.chatUntilHeard("I am elsewhere");
        house.api().await("/api/servers/other", server -> server.path("players").asInt() == 1, LIMIT);
        house.processes("other").forEach(ProcessHandle::destroyForcibly);
        house.api().await("/api/servers/other", server -> server.path("players").asInt() == 0, LIMIT);
        player.chatUntilHeard("I am back in the lobby");
    }

    private static Set<String> looked(String file) throws IOException {
        return METRIC.matcher(Files.readString(Workplace.ROOT.resolve(file)))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
