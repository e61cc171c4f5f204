package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Fault;
import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the metrics tell of players who go, or are taken, from server to server. */
@Tag("alone")
@Timeout(90)
class SwitchMetricsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SWITCHES = "nightporter_switch_seconds_count";
    private static final String WAITS = "nightporter_waiting_seconds_count";

    private WireServer east;
    private WireServer west;
    private WireServer banning;
    private NightporterProcess nightporter;
    private int players;

    @BeforeEach
    void start() {
        east = WireServer.start(256, null);
        west = WireServer.start(256, null);
        banning = WireServer.start(256, null);
        banning.fail(call ->
            call.intent() == Handshake.STATUS
                ? null
                : new Fault(Fault.Step.LOGIN_START_HEARD, Fault.Manner.GOODBYE, Text.plain("You are banned."))
        );
        nightporter = NightporterProcess.start(
            "switch-metrics",
            """
            proxy: { listen: "127.0.0.1:{PORT}", onlineMode: false }
            admin: { listen: "127.0.0.1:{ADMIN}" }
            fleet:
              servers:
                east: { address: "127.0.0.1:%d" }
                west: { address: "127.0.0.1:%d" }
                banning: { address: "127.0.0.1:%d" }
                down: { address: "127.0.0.1:%d" }
              networks:
                falls: { hosts: [falls.test], lobby: east, servers: [west, banning, down] }
                waits: { hosts: [waits.test], lobby: east, servers: [west, banning, down], fallback: wait }
            """.formatted(east.port(), west.port(), banning.port(), Workplace.freePort())
        );
    }

    @AfterEach
    void end() {
        nightporter.close();
        east.close();
        west.close();
        banning.close();
    }

    private WirePlayer join(int protocol, String network) throws IOException {
        var version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        String name = "m" + protocol + "_" + ++players;
        WirePlayer player = WirePlayer.connect(nightporter.port(), version, network + ".test", name);
        player.awaitJoin();
        player.chat("counted");
        return player;
    }

    private static void go(WirePlayer player, String target, int world) throws IOException {
        Lines.command(player, "server " + target);
        Lines.awaitWorlds(player, world);
        player.chat("counted in world " + world);
    }

    /** The sum of all lines of this metric that have these labels. */
    private double value(String metric, String... labels) {
        return nightporter
            .admin("/metrics")
            .lines()
            .filter(line -> line.startsWith(metric + "{") && Arrays.stream(labels).allMatch(line::contains))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    }

    /** Waits for a value that may be about to change. */
    private void becomes(double expected, String metric, String... labels) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (value(metric, labels) != expected && System.nanoTime() < deadline) {
            NightporterProcess.pause(Duration.ofMillis(50));
        }
        assertThat(value(metric, labels)).as("%s with %s", metric, Arrays.toString(labels)).isEqualTo(expected);
    }

    @Test
    void switchesAreCountedByWhatBecameOfThem() throws IOException {
        try (WirePlayer player = join(767, "falls"); WirePlayer older = join(340, "falls")) {
            assertThat(value(SWITCHES)).as("nobody has gone anywhere yet").isZero();
            go(player, "west", 2);
            go(older, "west", 2);
            go(player, "east", 3);
            becomes(3, SWITCHES, "result=\"ok\"");
            becomes(1, "nightporter_players", "attachment=\"backend\"", "server=\"east\"");
            becomes(1, "nightporter_players", "attachment=\"backend\"", "server=\"west\"");
            Lines.command(player, "server down");
            Lines.awaitLine(player, "could not be taken to down");
            Lines.command(older, "server banning");
            Lines.awaitLine(older, "could not be taken to banning");
            becomes(1, SWITCHES, "result=\"refused\"");
            becomes(1, SWITCHES, "result=\"kicked\"");
            becomes(5, SWITCHES);
            assertThat(value("nightporter_switch_seconds_sum")).isBetween(0.001, PATIENCE.toSeconds() * 5.0);
            becomes(1, "nightporter_backend_connects_total", "server=\"banning\"", "result=\"kicked\"");
            becomes(1, "nightporter_backend_connects_total", "server=\"down\"", "result=\"refused\"");
            assertThat(value(WAITS)).as("nobody has waited").isZero();
            assertThat(value("nightporter_retries_total")).isZero();
            assertThat(value("nightporter_fallbacks_total")).isZero();
        }
        becomes(0, "nightporter_players");
    }

    @Test
    void waitsAreCountedByReasonAndForm() throws IOException {
        Duration absence = Duration.ofSeconds(2);
        try (WirePlayer player = join(767, "waits"); WirePlayer other = join(763, "waits")) {
            go(player, "west", 2);
            go(other, "west", 2);
            int port = west.port();
            west.close();
            becomes(2, "nightporter_players", "attachment=\"waiting\"", "server=\"west\"");
            becomes(0, "nightporter_players", "attachment=\"backend\"");
            NightporterProcess.pause(absence);
            assertThat(value(WAITS)).as("the wait is not over").isZero();
            // Somebody has had enough.
            go(other, "east", 3);
            becomes(1, WAITS, "reason=\"lost\"", "form=\"freeze\"");
            west = WireServer.start(port, 256, null, false);
            Lines.awaitWorlds(player, 3);
            becomes(2, WAITS, "reason=\"lost\"", "form=\"freeze\"");
            becomes(1, WAITS, "reason=\"down\"", "form=\"freeze\"");
            becomes(3, WAITS);
            assertThat(value("nightporter_waiting_seconds_sum", "reason=\"lost\"")).isBetween(
                2.0 * absence.toSeconds(),
                2.0 * PATIENCE.toSeconds()
            );
            becomes(4, SWITCHES, "result=\"ok\"");
            becomes(1, "nightporter_retries_total", "server=\"east\"");
            assertThat(value("nightporter_retries_total", "server=\"west\"")).isBetween(1.0, 8.0);
            becomes(0, "nightporter_players", "attachment=\"waiting\"");
            assertThat(value("nightporter_fallbacks_total")).isZero();
        }
    }

    @Test
    void whoIsTakenToTheLobbyIsCountedForTheServerThatWasLost() throws IOException {
        try (WirePlayer player = join(772, "falls")) {
            go(player, "west", 2);
            Visit lost = west.awaitVisit("m772_1");
            lost.close();
            Lines.awaitWorlds(player, 3);
            becomes(1, "nightporter_fallbacks_total", "server=\"west\"");
            becomes(1, "nightporter_fallbacks_total");
            becomes(1, WAITS, "reason=\"lost\"", "form=\"freeze\"");
            becomes(2, SWITCHES, "result=\"ok\"");
            becomes(1, "nightporter_retries_total", "server=\"east\"");
            becomes(1, "nightporter_players", "attachment=\"backend\"", "server=\"east\"");
        }
    }

    @Test
    void whoGivesUpWaitingIsCountedAsWell() throws IOException {
        try (WirePlayer player = join(767, "waits")) {
            go(player, "west", 2);
            west.close();
            becomes(1, "nightporter_players", "attachment=\"waiting\"");
        }
        becomes(1, WAITS, "reason=\"lost\"");
        becomes(0, "nightporter_players");
        becomes(1, "nightporter_connections_total", "result=\"played\"");
    }
}
