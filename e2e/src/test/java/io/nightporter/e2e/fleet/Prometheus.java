package io.nightporter.e2e.fleet;

import io.nightporter.e2e.Child;
import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus on loopback that asks Nightporter for its metrics every second and knows the alerts of docs/alerts. */
public final class Prometheus implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Child child;
    private final int port;

    private Prometheus(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Starts it and waits until it has seen something. */
    public static Prometheus watching(NightporterProcess nightporter) {
        Needed.programs("a look through Prometheus", "prometheus");
        int port = Workplace.freePort();
        Path folder = Workplace.folder("prometheus-" + port);
        Path rules = Workplace.ROOT.resolve("docs/alerts/nightporter.rules.yml");
        String config = """
        global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
        rule_files: [ "%s" ]
        scrape_configs:
          - job_name: nightporter
            static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
        """.formatted(rules, nightporter.adminPort());
        try {
            Files.writeString(folder.resolve("prometheus.yml"), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = List.of(
            Needed.find("prometheus").orElseThrow().toString(),
            "--config.file=prometheus.yml",
            "--storage.tsdb.path=data",
            "--web.listen-address=127.0.0.1:" + port
        );
        var prometheus = new Prometheus(Child.start("prometheus", folder, command), port);
        try {
            prometheus.awaitValue("up{job=\"nightporter\"}", 1, START_LIMIT);
            return prometheus;
        } catch (AssertionError e) {
            prometheus.close();
            throw e;
        }
    }

    /** The results of a query at this moment: {@code metric} with the labels, {@code value} with time and number. */
    public List<JsonNode> query(String promql) {
        String query = URLEncoder.encode(promql, StandardCharsets.UTF_8);
        JsonNode answer = get("/api/v1/query?query=" + query);
        if (!answer.path("status").asString("").equals("success")) {
            throw new AssertionError("Prometheus does not like " + promql + ": " + answer);
        }
        return answer.path("data").path("result").valueStream().toList();
    }

    /** The one number that a query leads to; empty: there is nothing. */
    public OptionalDouble value(String promql) {
        List<JsonNode> results = query(promql);
        if (results.size() > 1) {
            throw new AssertionError("more than one result of " + promql + ": " + results);
        }
        return results.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(results.getFirst().path("value").path(1).asString()));
    }

    public void awaitValue(String promql, double wanted, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (true) {
            OptionalDouble seen = isUp() ? value(promql) : OptionalDouble.empty();
            if (seen.isPresent() && seen.getAsDouble() == wanted) {
                return;
            }
            if (System.nanoTime() > until || !child.handle().isAlive()) {
                throw new AssertionError(promql + " is " + seen + ", not " + wanted + "\n" + child.tail());
            }
            NightporterProcess.pause(Duration.ofMillis(200));
        }
    }

    /** The names of all metrics that it has seen. */
    public List<String> names() {
        return get("/api/v1/label/__name__/values").path("data").valueStream().map(JsonNode::asString).toList();
    }

    /** Alerts that are pending or firing: {@code labels}, {@code annotations}, {@code state}. */
    public List<JsonNode> alerts() {
        return get("/api/v1/alerts").path("data").path("alerts").valueStream().toList();
    }

    private boolean isUp() {
        try {
            return send("/-/ready").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private JsonNode get(String path) {
        try {
            return JsonMapper.shared().readTree(send(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String path) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        child.close();
    }
}
