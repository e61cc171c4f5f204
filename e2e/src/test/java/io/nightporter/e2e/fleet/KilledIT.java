package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.wire.WirePlayer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nightporter is killed in the middle of whatever it does, and begins again: nothing is lost, and nobody's game ends by it. */
class KilledIT {

    private static final int KILLS = 10;
    private static final List<String> BUSY = List.of("one", "two", "three");
    private static final String STEADY = "steady";
    private static final Duration START = Duration.ofSeconds(60);

    /** What may not happen to servers that nobody kills. */
    private static final List<String> ACCIDENTS = List.of("instance_double", "instance_died", "instance_killed");

    private final long seed = Long.getLong("nightporter.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int interrupted;
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    @Test
    void aKilledNightporterWithSqliteGoesOnWhereItWas() {
        try (var fleet = new ProcessFleet("killed-sqlite")) {
            story(fleet, "sqlite:fleet.db");
        }
    }

    @Test
    void aKilledNightporterWithPostgresqlGoesOnWhereItWas() {
        try (var postgres = PostgresServer.start(); var fleet = new ProcessFleet("killed-postgresql")) {
            story(fleet, postgres.url());
        }
    }

    private void story(ProcessFleet fleet, String store) {
        System.out.println("KilledIT " + store.replaceFirst(":.*", "") + ": -Dnightporter.kill.seed=" + seed);
        fleet.start(config(fleet, store));
        try (FleetApi api = fleet.api()) {
            api.awaitPhase(STEADY, "AWAKE", START);
        }
        var census = new Census(fleet);
        try {
            for (int kill = 1; kill <= KILLS; kill++) {
                round(fleet, kill);
            }
        } finally {
            census.end();
        }
        assertThat(faults).as("seed %d", seed).isEmpty();
        System.out.println("KilledIT: " + interrupted + " operations were going on at " + KILLS + " kills");
        assertThat(interrupted).as("operations that were going on at a kill, seed %d", seed).isPositive();
    }

    private static String config(ProcessFleet fleet, String store) {
        var text = new StringBuilder(ProcessFleet.settings());
        text.append("store: \"")
            .append(store)
            .append("\"\nfleet:\n  nodes: { local: { driver: process } }\n  servers:\n");
        for (String server : BUSY) {
            String entry = fleet.entry(server, Duration.ofMillis(300), Duration.ofMillis(300));
            text.append("    %s: { payPerUse: true, idleAfter: 1h, %s }\n".formatted(server, entry));
        }
        return text.append("    %s: { %s }\n".formatted(STEADY, fleet.entry(STEADY))).toString();
    }

    private void round(ProcessFleet fleet, int kill) {
        // Nobody touches this one and the steady one, so that the kill is all that happens to them.
        String spared = BUSY.get(random.nextInt(BUSY.size()));
        Map<String, List<ProcessHandle>> before = new HashMap<>();
        for (String server : List.of(spared, STEADY)) {
            before.put(server, fleet.processes(server));
        }
        meddleAndKill(
            fleet,
            BUSY.stream()
                .filter(server -> !server.equals(spared))
                .toList(),
            kill
        );
        Instant killed = Instant.now();
        fleet.again();
        try (FleetApi api = fleet.api()) {
            List<JsonNode> servers = fleet.awaitQuiet(api);
            assertThat(servers)
                .as("servers after kill %d, seed %d", kill, seed)
                .hasSize(BUSY.size() + 1);
            interrupted += goingOn(api, killed);
            for (JsonNode server : servers) {
                String name = server.path("name").asString("");
                int expected = server.path("phase").asString("").equals("AWAKE") ? 1 : 0;
                assertThat(fleet.processes(name))
                    .as("processes of %s after kill %d, seed %d", server, kill, seed)
                    .hasSize(expected);
            }
            before.forEach((server, processes) ->
                assertThat(fleet.processes(server))
                    .as("processes of %s, which nobody touched, after kill %d, seed %d", server, kill, seed)
                    .isEqualTo(processes)
            );
            String chosen = BUSY.get(random.nextInt(BUSY.size()));
            fleet.play(chosen, "Visitor" + kill).close();
            assertThat(fleet.processes(chosen)).as("processes of %s, which is played on", chosen).hasSize(1);
            assertThat(api.events(null, null))
                .as("events, seed %d", seed)
                .noneMatch(event -> ACCIDENTS.contains(event.path("kind").asString("")));
        }
    }

    /** How many operations, which are over by now, were going on at a moment. */
    private static int goingOn(FleetApi api, Instant moment) {
        return (int) api
            .get("/api/operations?limit=100")
            .expect(200)
            .body()
            .path("operations")
            .valueStream()
            .filter(
                operation -> at(operation, "createdAt").isBefore(moment) && at(operation, "updatedAt").isAfter(moment)
            )
            .count();
    }

    private static Instant at(JsonNode operation, String key) {
        return Instant.parse(operation.path(key).asString(""));
    }

    /** Gives orders and lets players join, and kills Nightporter in the middle of it. */
    private void meddleAndKill(ProcessFleet fleet, List<String> touched, int kill) {
        List<WirePlayer> players = new ArrayList<>();
        var killed = new AtomicBoolean();
        long until = System.nanoTime() + Duration.ofMillis(100 + random.nextInt(2400)).toNanos();
        var choices = new Random(random.nextLong());
        Thread meddler = Thread.ofVirtual().start(() -> {
            try (FleetApi api = fleet.api()) {
                for (int step = 1; !killed.get(); step++) {
                    meddle(fleet, api, touched, choices, "Guest" + kill + "x" + step, players);
                    NightporterProcess.pause(Duration.ofMillis(choices.nextInt(250)));
                }
            } catch (UncheckedIOException e) {
                if (!killed.get()) {
                    faults.add("before kill " + kill + ": " + e);
                }
            }
        });
        while (System.nanoTime() < until) {
            NightporterProcess.pause(Duration.ofMillis(1));
        }
        killed.set(true);
        fleet.kill();
        try {
            meddler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        players.forEach(WirePlayer::close);
    }

    private void meddle(
        ProcessFleet fleet,
        FleetApi api,
        List<String> touched,
        Random choices,
        String name,
        List<WirePlayer> players
    ) {
        String server = touched.get(choices.nextInt(touched.size()));
        switch (choices.nextInt(4)) {
            case 0 -> players.add(fleet.join(server, name));
            case 1 -> order(api, server, "start");
            case 2 -> order(api, server, "stop");
            default -> order(api, server, "restart");
        }
    }

    /** An order may make no sense at the moment, but is always understood. */
    private void order(FleetApi api, String server, String what) {
        Answer answer = api.post("/api/servers/" + server + "/" + what);
        if (!List.of(200, 202, 409).contains(answer.status())) {
            faults.add(answer.toString());
        }
    }

    /** Counts all the time: no server may run twice, however short that is. */
    private final class Census {

        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        Census(ProcessFleet fleet) {
            thread = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    for (String server : BUSY) {
                        List<ProcessHandle> processes = fleet.processes(server);
                        if (processes.size() > 1) {
                            faults.add(server + " runs more than once: " + processes);
                        }
                    }
                    NightporterProcess.pause(Duration.ofMillis(200));
                }
            });
        }

        void end() {
            over.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
