package io.nightporter.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.protocol.version.Direction;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the proxy counts, in the form in which Prometheus reads it. The names are promises; they stand in
 * the text that {@link #scrape()} gives. All methods may be called from any thread and none of them waits.
 */
public final class ProxyMetrics implements AutoCloseable {

    private static final int MAX_REASONS = 64;
    private static final int MAX_RESULTS = 32;

    /** The upper ends of the histogram's buckets: what a login and a question over the internet take. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final List<RelayCounters> relay = new CopyOnWriteArrayList<>();

    private final Map<Tags, Counter> connections = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> rejections = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> statusRequests = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> backendConnects = new ConcurrentHashMap<>();
    private final Map<Tags, Timer> sessionServer = new ConcurrentHashMap<>();
    private final Map<Tags, Timer> waits = new ConcurrentHashMap<>();
    private final Map<Tags, Timer> switches = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> retries = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> fallbacks = new ConcurrentHashMap<>();
    private final Map<Tags, Counter> apiRequests = new ConcurrentHashMap<>();
    private final Map<Tags, Timer> apiTimes = new ConcurrentHashMap<>();
    private final Counter throttled;
    private final Timer logins;
    private final MultiGauge players;

    private final LabelValues reasons = new LabelValues(MAX_REASONS);
    private final LabelValues connectionResults = new LabelValues(MAX_RESULTS);
    private final LabelValues statusSources = new LabelValues(MAX_RESULTS);
    private final LabelValues sessionResults = new LabelValues(MAX_RESULTS);
    private final LabelValues switchResults = new LabelValues(MAX_RESULTS);
    private final LabelValues backendResults = new LabelValues(MAX_RESULTS);

    private volatile Supplier<Map<PlayersPlace, Integer>> playersByPlace = Map::of;
    private @Nullable FleetMetrics fleet;

    /**
     * @param version Nightporter's own, for {@code nightporter_build_info}
     */
    public ProxyMetrics(String version) {
        throttled = Counter.builder("nightporter.throttled")
            .description("How often a player's connection had to wait for having sent more than its share")
            .register(registry);
        logins = timer("nightporter.login", "From a player's handshake until they are in the game", Tags.empty());
        players = MultiGauge.builder("nightporter.players")
            .description("Players that are connected now, by where they are")
            .register(registry);
        Gauge.builder("nightporter.build.info", () -> 1)
            .description("The version that runs")
            .tags("version", version, "java", Runtime.version().toString())
            .register(registry);
        registerRelay();
        registerProcess();
    }

    /** A player's connection came to its end, or to the game. */
    public void connection(String result) {
        count(
            connections,
            "nightporter.connections",
            "Connections by what became of them",
            Tags.of("result", connectionResults.of(result))
        );
    }

    /** Somebody was refused; reasons are short constants, and those beyond a number of different ones are one. */
    public void rejected(String reason) {
        count(rejections, "nightporter.rejected", "What was refused, by reason", Tags.of("reason", reasons.of(reason)));
    }

    /** A player's connection has to wait because it has sent more than its share. */
    public void throttled() {
        throttled.increment();
    }

    /** A ping was answered by {@code self}, the {@code backend} or the {@code cache}. */
    public void statusRequest(String source) {
        count(
            statusRequests,
            "nightporter.status.requests",
            "Answered pings by who answered",
            Tags.of("source", statusSources.of(source))
        );
    }

    /** A player is in the game. */
    public void loginTook(Duration time) {
        logins.record(time);
    }

    /** The session server was asked. */
    public void sessionServer(String result, Duration time) {
        sessionServer
            .computeIfAbsent(Tags.of("result", sessionResults.of(result)), tags ->
                timer("nightporter.session.server", "What the session server took to answer", tags)
            )
            .record(time);
    }

    /** A server was dialled for a player. */
    public void backendConnect(String server, String result) {
        count(
            backendConnects,
            "nightporter.backend.connects",
            "Connections to servers by what became of them",
            Tags.of("server", server, "result", backendResults.of(result))
        );
    }

    /** Who knows how many players are where; asked at every scrape, from any thread. */
    public void playersSource(Supplier<Map<PlayersPlace, Integer>> byPlace) {
        playersByPlace = byPlace;
    }

    /** A player has left the waiting room for a server, or for good. */
    public void waited(String reason, String form, Duration time) {
        waits
            .computeIfAbsent(Tags.of("reason", reason, "form", form), tags ->
                timer("nightporter.waiting", "How long players waited, by why and where", tags)
            )
            .record(time);
    }

    /** A player was to be taken from one server, or the waiting room, to another: from the beginning to the new world. */
    public void switched(String result, Duration time) {
        switches
            .computeIfAbsent(Tags.of("result", switchResults.of(result)), tags ->
                timer("nightporter.switch", "What it took to take players to another server", tags)
            )
            .record(time);
    }

    /** A server was tried again for somebody who waits for it. */
    public void retried(String server) {
        count(retries, "nightporter.retries", "Attempts for players who wait", Tags.of("server", server));
    }

    /** A player was taken to a lobby because the server was away. */
    public void fellBack(String server) {
        count(
            fallbacks,
            "nightporter.fallbacks",
            "Players who were taken to a lobby because their server was away",
            Tags.of("server", server)
        );
    }

    /**
     * Counts what a fleet does from now on: subscribe what is returned to the fleet. Each can be asked by any thread at
     * every scrape.
     *
     * @param servers all servers
     * @param nodes all nodes
     * @param operation by its id; may block
     */
    public synchronized FleetMetrics fleet(
        Supplier<List<ServerView>> servers,
        Supplier<List<NodeView>> nodes,
        Function<String, Optional<Operation>> operation
    ) {
        if (fleet != null) {
            throw new IllegalStateException("one fleet is counted already");
        }
        fleet = new FleetMetrics(registry, servers, nodes, operation);
        return fleet;
    }

    /**
     * Watches the room on the disk where Nightporter keeps its data.
     *
     * @param folder that exists
     */
    public void dataFolder(Path folder) {
        File place = folder.toFile();
        Gauge.builder("nightporter.data.free.bytes", place, File::getUsableSpace)
            .description("What can still be written where Nightporter keeps its data")
            .register(registry);
        Gauge.builder("nightporter.data.total.bytes", place, File::getTotalSpace)
            .description("The size of the disk where Nightporter keeps its data")
            .register(registry);
    }

    /**
     * The admin API has answered, or begun an answer that goes on.
     *
     * @param route as it is declared, with its braces: there are only so many
     */
    public void apiRequest(String route, int status, Duration time) {
        count(
            apiRequests,
            "nightporter.api.requests",
            "Requests to the admin API",
            Tags.of("route", route, "status", Integer.toString(status))
        );
        apiTimes
            .computeIfAbsent(Tags.of("route", route), tags ->
                timer("nightporter.api.request", "What the admin API took to answer", tags)
            )
            .record(time);
    }

    /** New counters for one event loop, which are part of the sums from now on. */
    public RelayCounters relayCounters() {
        RelayCounters counters = new RelayCounters();
        relay.add(counters);
        return counters;
    }

    /** Everything in Prometheus' text format 0.0.4. */
    public synchronized String scrape() {
        players.register(
            playersByPlace
                .get()
                .entrySet()
                .stream()
                .<MultiGauge.Row<?>>map(entry ->
                    MultiGauge.Row.of(
                        Tags.of("attachment", entry.getKey().attachment(), "server", entry.getKey().server()),
                        entry.getValue()
                    )
                )
                .toList(),
            true
        );
        if (fleet != null) {
            fleet.refresh();
        }
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    private void count(Map<Tags, Counter> counters, String name, String description, Tags tags) {
        counters
            .computeIfAbsent(tags, missing ->
                Counter.builder(name).description(description).tags(missing).register(registry)
            )
            .increment();
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name)
            .description(description)
            .tags(tags)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    }

    private void registerRelay() {
        for (Direction direction : Direction.values()) {
            String label = direction.name().toLowerCase(Locale.ROOT);
            FunctionCounter.builder("nightporter.relay.bytes", relay, all ->
                all
                    .stream()
                    .mapToLong(counters -> counters.bytes(direction))
                    .sum()
            )
                .description("Bytes received to be relayed")
                .tags("direction", label)
                .register(registry);
            for (RelayCounters.Kind kind : RelayCounters.Kind.values()) {
                FunctionCounter.builder("nightporter.relay.frames", relay, all ->
                    all
                        .stream()
                        .mapToLong(counters -> counters.frames(direction, kind))
                        .sum()
                )
                    .description("Frames that the relay handled, by what it did with them")
                    .tags("direction", label, "kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(registry);
            }
        }
    }

    private void registerProcess() {
        new JvmInfoMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }
}
