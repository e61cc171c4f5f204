package io.nightporter.proxy.fleet;

import io.nightporter.orchestrator.fleet.PlayerGateway;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.player.Players;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many players are on which server, or on their way there, for the fleet. It is told once a second what has changed; before it
 * does anything that players would notice, it asks.
 */
public final class Presence implements PlayerGateway, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Players players;
    private final FleetLink fleet;
    private final ConcurrentHashMap<String, Integer> passing = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("presence").factory()
    );
    private Map<String, Integer> told = Map.of();

    public Presence(Players players, FleetLink fleet) {
        this.players = players;
        this.fleet = fleet;
    }

    /** Tells the fleet from now on. */
    void begin() {
        timer.scheduleAtFixedRate(this::tell, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Somebody whose bytes pass through has come to a server; {@link #passedOn} must follow once. */
    public void passesThrough(String server) {
        passing.merge(server, 1, Integer::sum);
    }

    /** That somebody is gone. */
    public void passedOn(String server) {
        passing.computeIfPresent(server, (_, count) -> count > 1 ? count - 1 : null);
    }

    @Override
    public CompletableFuture<Integer> count(String server) {
        return CompletableFuture.completedFuture(counts().getOrDefault(server, 0));
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>(passing);
        for (Player player : players.all()) {
            String server = player.attachment().server();
            counts.merge(server, 1, Integer::sum);
            String destination = player.destination();
            if (destination != null && !destination.equals(server)) {
                counts.merge(destination, 1, Integer::sum);
            }
        }
        return counts;
    }

    private void tell() {
        try {
            Map<String, Integer> now = counts();
            now.forEach((server, count) -> {
                if (!count.equals(told.get(server))) {
                    fleet.playersChanged(server, count);
                }
            });
            for (String server : told.keySet()) {
                if (!now.containsKey(server)) {
                    fleet.playersChanged(server, 0);
                }
            }
            told = now;
        } catch (RuntimeException e) {
            log.error("presence not told", e);
        }
    }

    /** What was told before is told again: the fleet is another one, or new. */
    void tellAll() {
        timer.execute(() -> told = Map.of());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
