package io.nightporter.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.version.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyMetricsTest {

    private final ProxyMetrics metrics = new ProxyMetrics("1.2.3");

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void countersHaveTheNamesThatArePromised() {
        metrics.connection("played");
        metrics.connection("played");
        metrics.connection("refused");
        metrics.rejected("frame_too_long");
        metrics.statusRequest("self");
        metrics.backendConnect("survival", "ok");
        metrics.backendConnect("Überleben \"2\"", "refused");
        assertThat(scraped()).contains(
            "nightporter_connections_total{result=\"played\"} 2.0",
            "nightporter_connections_total{result=\"refused\"} 1.0",
            "nightporter_rejected_total{reason=\"frame_too_long\"} 1.0",
            "nightporter_status_requests_total{source=\"self\"} 1.0",
            "nightporter_backend_connects_total{result=\"ok\",server=\"survival\"} 1.0",
            "nightporter_backend_connects_total{result=\"refused\",server=\"Überleben \\\"2\\\"\"} 1.0",
            "# TYPE nightporter_connections_total counter"
        );
    }

    @Test
    void timesAreHistogramsInSeconds() {
        metrics.loginTook(Duration.ofMillis(300));
        metrics.sessionServer("authenticated", Duration.ofSeconds(2));
        assertThat(scraped()).contains(
            "# TYPE nightporter_login_seconds histogram",
            "nightporter_login_seconds_count 1",
            "nightporter_login_seconds_sum 0.3",
            "nightporter_login_seconds_bucket{le=\"0.25\"} 0",
            "nightporter_login_seconds_bucket{le=\"0.5\"} 1",
            "nightporter_login_seconds_bucket{le=\"+Inf\"} 1",
            "nightporter_session_server_seconds_count{result=\"authenticated\"} 1",
            "nightporter_session_server_seconds_sum{result=\"authenticated\"} 2.0"
        );
    }

    @Test
    void playersAreAskedForAtEveryScrape() {
        assertThat(scraped()).noneMatch(line -> line.startsWith("nightporter_players{"));
        metrics.playersSource(() ->
            Map.of(new PlayersPlace("backend", "survival"), 3, new PlayersPlace("waiting", "creative"), 0)
        );
        assertThat(scraped()).contains(
            "# TYPE nightporter_players gauge",
            "nightporter_players{attachment=\"backend\",server=\"survival\"} 3.0",
            "nightporter_players{attachment=\"waiting\",server=\"creative\"} 0.0"
        );
        metrics.playersSource(() -> Map.of(new PlayersPlace("backend", "survival"), 4));
        assertThat(scraped())
            .contains("nightporter_players{attachment=\"backend\",server=\"survival\"} 4.0")
            .noneMatch(line -> line.contains("creative"));
    }

    @Test
    void theRelaysCountersOfAllLoopsAreSummedUp() throws Exception {
        RelayCounters first = metrics.relayCounters();
        RelayCounters second = metrics.relayCounters();
        Thread loop = Thread.ofPlatform().start(() -> {
            first.forwarded(Direction.CLIENTBOUND, 40);
            first.inspected(Direction.CLIENTBOUND);
            first.rewritten(Direction.SERVERBOUND);
            first.bytes(Direction.CLIENTBOUND, 5_000_000_000L);
        });
        second.forwarded(Direction.CLIENTBOUND, 2);
        second.bytes(Direction.SERVERBOUND, 7);
        loop.join();
        assertThat(scraped()).contains(
            "nightporter_relay_frames_total{direction=\"clientbound\",kind=\"forwarded\"} 42.0",
            "nightporter_relay_frames_total{direction=\"clientbound\",kind=\"inspected\"} 1.0",
            "nightporter_relay_frames_total{direction=\"clientbound\",kind=\"rewritten\"} 0.0",
            "nightporter_relay_frames_total{direction=\"serverbound\",kind=\"forwarded\"} 0.0",
            "nightporter_relay_frames_total{direction=\"serverbound\",kind=\"inspected\"} 0.0",
            "nightporter_relay_frames_total{direction=\"serverbound\",kind=\"rewritten\"} 1.0",
            "nightporter_relay_bytes_total{direction=\"clientbound\"} 5.0E9",
            "nightporter_relay_bytes_total{direction=\"serverbound\"} 7.0"
        );
    }

    @Test
    void reasonsAreCleanedAndFew() {
        metrics.rejected("Bad Thing\n{x=\"1\"}");
        metrics.rejected("");
        metrics.rejected("a".repeat(1000));
        for (int i = 0; i < 1000; i++) {
            metrics.rejected("reason_" + i);
        }
        List<String> rejected = scraped()
            .stream()
            .filter(line -> line.startsWith("nightporter_rejected_total{"))
            .toList();
        assertThat(rejected)
            .contains("nightporter_rejected_total{reason=\"bad_thing__x__1__\"} 1.0")
            .contains("nightporter_rejected_total{reason=\"" + "a".repeat(48) + "\"} 1.0")
            .contains("nightporter_rejected_total{reason=\"reason_0\"} 1.0")
            .anyMatch(line -> line.startsWith("nightporter_rejected_total{reason=\"other\"} 9"))
            .hasSizeLessThanOrEqualTo(65);
    }

    @Test
    void theProcessItselfCanBeWatched() {
        List<String> lines = scraped();
        assertThat(lines).anyMatch(
            line -> line.startsWith("nightporter_build_info{") && line.contains("version=\"1.2.3\"")
        );
        for (String name : List.of(
            "jvm_memory_used_bytes",
            "jvm_buffer_memory_used_bytes",
            "jvm_gc_",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_files_open_files",
            "process_uptime_seconds"
        )) {
            assertThat(lines)
                .as(name)
                .anyMatch(line -> line.startsWith(name));
        }
    }

    private List<String> scraped() {
        return metrics.scrape().lines().toList();
    }
}
