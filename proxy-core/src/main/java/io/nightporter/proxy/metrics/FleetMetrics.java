package io.nightporter.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.nightporter.orchestrator.fleet.FleetListener;
import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the fleet does, counted from its events, and how it stands at the moment of a scrape. Subscribe it to the fleet; it
 * never waits when it hears something.
 */
public final class FleetMetrics implements FleetListener {

    /** So many names at most; those of servers beyond that are one. */
    private static final int MAX_SERVERS = 1000;

    /** What starting a server takes: from a paused one to a large modpack. */
    private static final Duration[] WAKE_BUCKETS = {
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120),
        Duration.ofSeconds(300),
        Duration.ofSeconds(600),
    };

    /** A start that is going on. */
    private record Waking(Instant since, String cause) {}

    private final MeterRegistry registry;
    private final Supplier<List<ServerView>> servers;
    private final Supplier<List<NodeView>> nodes;
    private final OperationCounts operations;
    private final MultiGauge nodesUp;
    private final Counter instancesKilled;

    private final Map<String, Waking> waking = new ConcurrentHashMap<>();
    private final Map<String, Counter> bootFailures = new ConcurrentHashMap<>();
    private final Map<String, Counter> idleStops = new ConcurrentHashMap<>();
    private final Map<String, Timer> wakes = new ConcurrentHashMap<>();

    private volatile Map<Phase, Integer> phases = Map.of();

    FleetMetrics(
        MeterRegistry registry,
        Supplier<List<ServerView>> servers,
        Supplier<List<NodeView>> nodes,
        Function<String, Optional<Operation>> operations
    ) {
        this.registry = registry;
        this.servers = servers;
        this.nodes = nodes;
        this.operations = new OperationCounts(registry, operations);
        for (Phase phase : Phase.values()) {
            Gauge.builder("nightporter.servers", () -> phases.getOrDefault(phase, 0))
                .description("Servers that Nightporter starts and stops, by what they are doing")
                .tags("phase", word(phase.name()))
                .register(registry);
        }
        nodesUp = MultiGauge.builder("nightporter.node.up")
            .description("1 where the node answers, 0 where it does not")
            .register(registry);
        instancesKilled = Counter.builder("nightporter.instances.killed")
            .description("Servers that did not stop in time and were killed; what they had not saved is lost")
            .register(registry);
        for (Phase rest : List.of(Phase.ASLEEP, Phase.PAUSED)) {
            idleStops.put(rest.name(), idleStop(rest));
        }
        // So that the rate of wakes has something to begin with.
        wakes(word(Cause.Kind.PLAYER.name()));
    }

    private Counter idleStop(Phase rest) {
        return Counter.builder("nightporter.idle.stops")
            .description("How often a server was put to sleep because nobody played, by how deep")
            .tags("to", word(rest.name()))
            .register(registry);
    }

    @Override
    public void heard(FleetEvent event) {
        String server = event.server();
        if (event.operation() != null) {
            operations.changed(event.operation());
        }
        if (server == null) {
            return;
        }
        switch (event.kind()) {
            case PHASE_CHANGED -> phaseChanged(server, event);
            case START_FAILED -> bootFailures.computeIfAbsent(server, this::bootFailure).increment();
            case INSTANCE_KILLED -> instancesKilled.increment();
            case SERVER_REMOVED -> forget(server);
            default -> {
                // Nothing to count.
            }
        }
    }

    private void phaseChanged(String server, FleetEvent event) {
        Phase from = phase(event, "from");
        Phase to = phase(event, "to");
        String cause = word(event.data().getOrDefault("cause", LabelValues.OTHER));
        if (to == Phase.STARTING && (from == Phase.ASLEEP || from == Phase.PAUSED || from == Phase.FAILED)) {
            waking.put(server, new Waking(event.at(), cause));
            return;
        }
        Waking woken = waking.remove(server);
        if (to == Phase.AWAKE && woken != null) {
            wakes(woken.cause()).record(Duration.between(woken.since(), event.at()));
        }
        Counter stops = to == null || from != Phase.STOPPING ? null : idleStops.get(to.name());
        if (stops != null && cause.equals(word(Cause.Kind.IDLE.name()))) {
            stops.increment();
        }
    }

    private static @Nullable Phase phase(FleetEvent event, String key) {
        String name = event.data().get(key);
        return name == null ? null : Phase.valueOf(name);
    }

    private Timer wakes(String cause) {
        return wakes.computeIfAbsent(cause, label ->
            Timer.builder("nightporter.wake")
                .description("From the beginning of a server's start until it can be played on, by what was behind it")
                .tags("cause", label)
                .serviceLevelObjectives(WAKE_BUCKETS)
                .register(registry)
        );
    }

    private Counter bootFailure(String server) {
        return Counter.builder("nightporter.boot.failures")
            .description("Starts that did not get as far as a server that can be played on")
            .tags("server", bootFailures.size() < MAX_SERVERS ? server : LabelValues.OTHER)
            .register(registry);
    }

    private void forget(String server) {
        waking.remove(server);
        Meter counter = bootFailures.remove(server);
        if (counter != null && !LabelValues.OTHER.equals(counter.getId().getTag("server"))) {
            registry.remove(counter);
        }
    }

    /** Looks at the fleet, for a scrape that follows. */
    void refresh() {
        var counts = new EnumMap<Phase, Integer>(Phase.class);
        for (ServerView server : servers.get()) {
            if (server.definition().workload().managed()) {
                counts.merge(server.phase(), 1, Integer::sum);
                // From 0 on, so that the first failure is an increase.
                bootFailures.computeIfAbsent(server.name(), this::bootFailure);
            }
            String operation = server.state().operation();
            if (operation != null) {
                operations.note(operation);
            }
        }
        phases = counts;
        nodesUp.register(
            nodes
                .get()
                .stream()
                .<MultiGauge.Row<?>>map(node ->
                    MultiGauge.Row.of(Tags.of("node", node.definition().name()), node.reachable() ? 1 : 0)
                )
                .toList(),
            true
        );
        operations.settle();
    }

    /** As labels are written. */
    static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
