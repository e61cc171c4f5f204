package io.nightporter.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.fleet.StartTimes;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the alerts in the handbook work with what Nightporter counts. */
class WatchingTest {

    private static final Path ALERTS = Path.of("../docs/alerts");
    private static final Path DASHBOARD = Path.of("../docs/grafana/nightporter.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:nightporter|jvm|process)_[a-z0-9_]+");

    /**
     * Of the API, which counts its requests itself; and of garbage collections, of which there has to be one. That they are there is
     * seen where a real Prometheus asks, in the module e2e.
     */
    private static final Set<String> ELSEWHERE = Set.of("nightporter_api_requests_total", "jvm_gc_pause_seconds_sum");

    @Test
    void prometheusAcceptsTheAlerts() throws IOException {
        promtool("check", "rules", "nightporter.rules.yml");
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws IOException {
        promtool("test", "rules", "nightporter.test.yml");
    }

    @Test
    void eachAlertIsTestedAndSaysWhatToDo() throws IOException {
        String rules = Files.readString(ALERTS.resolve("nightporter.rules.yml"));
        String tests = Files.readString(ALERTS.resolve("nightporter.test.yml"));
        List<String> alerts = Pattern.compile("- alert: (\\w+)")
            .matcher(rules)
            .results()
            .map(found -> found.group(1))
            .toList();
        assertThat(alerts)
            .hasSizeGreaterThan(5)
            .allSatisfy(alert -> assertThat(tests).contains(alert));
        assertThat(Pattern.compile("description:").matcher(rules).results()).hasSameSizeAs(alerts);
    }

    @ParameterizedTest
    @ValueSource(strings = { "../docs/grafana/nightporter.json", "../docs/alerts/nightporter.rules.yml" })
    void whatIsLookedAtIsCounted(String file) throws IOException {
        Set<String> looked = METRIC.matcher(Files.readString(Path.of(file)))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
        looked.removeAll(ELSEWHERE);
        assertThat(looked).hasSizeGreaterThan(5);
        assertThat(counted()).containsAll(looked);
    }

    @Test
    void theDashboardHasATitleAndADescriptionForEachPanelAndNoPanelOverAnother() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
        List<JsonNode> panels = dashboard.path("panels").valueStream().toList();
        assertThat(panels).hasSizeGreaterThan(20);
        Set<String> cells = new TreeSet<>();
        for (JsonNode panel : panels) {
            assertThat(panel.path("title").asString("")).isNotEmpty();
            if (!panel.path("type").asString().equals("row")) {
                assertThat(panel.path("description").asString("")).as(panel.path("title").asString()).isNotEmpty();
                assertThat(panel.path("targets")).isNotEmpty();
            }
            JsonNode place = panel.path("gridPos");
            for (int x = place.path("x").asInt(); x < place.path("x").asInt() + place.path("w").asInt(); x++) {
                for (int y = place.path("y").asInt(); y < place.path("y").asInt() + place.path("h").asInt(); y++) {
                    assertThat(x).isLessThan(24);
                    assertThat(cells.add(x + "," + y))
                        .as(panel.path("title").asString())
                        .isTrue();
                }
            }
        }
    }

    /** The names of everything in a scrape after everything has happened. */
    private static Set<String> counted() {
        Instant now = Instant.now();
        var server = ServerDefinition.named("survival", new Workload.Container("survival", 25565)).build();
        var view = new ServerView(
            server,
            ServerState.asleep("survival", now),
            null,
            true,
            null,
            null,
            null,
            StartTimes.UNKNOWN
        );
        try (var metrics = new ProxyMetrics("1.2.3")) {
            metrics.dataFolder(Path.of("."));
            FleetMetrics fleet = metrics.fleet(
                () -> List.of(view),
                () -> List.of(new NodeView(new NodeDefinition("n1", "docker"), true, 0, 1)),
                _ -> Optional.empty()
            );
            fleet.heard(
                new FleetEvent("01", now, FleetEvent.Kind.START_FAILED, "survival", "n1", null, "It failed.", Map.of())
            );
            metrics.connection("played");
            metrics.rejected("full");
            metrics.statusRequest("self");
            metrics.backendConnect("survival", "ok");
            metrics.playersSource(() -> Map.of(new PlayersPlace("waiting", "survival"), 1));
            metrics.waited("starting", "limbo", Duration.ofSeconds(3));
            metrics.switched("done", Duration.ofSeconds(1));
            metrics.sessionServer("authenticated", Duration.ofSeconds(1));
            metrics.retried("survival");
            metrics.fellBack("survival");
            return metrics
                .scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
        }
    }

    private static void promtool(String... arguments) throws IOException {
        Path promtool = promtool();
        List<String> command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(ALERTS.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(process.exitValue()).as(said).isZero();
    }

    /** Without it the test is skipped, but never in CI. */
    private static Path promtool() {
        String path = System.getenv("PATH");
        return Pattern.compile(File.pathSeparator)
            .splitAsStream(path == null ? "" : path)
            .map(folder -> Path.of(folder, "promtool"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseGet(() -> {
                String message = "the tests of the alerts need promtool, which comes with Prometheus";
                if (System.getenv("CI") != null) {
                    return fail(message);
                }
                System.err.println("SKIPPED: " + message);
                return abort(message);
            });
    }
}
