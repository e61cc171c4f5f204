package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Vitals;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A thousand servers, of which none runs, cost next to nothing. */
@Tag("alone")
class ManyServersIT {

    private static final int SERVERS = 1000;
    private static final Duration START = Duration.ofSeconds(15);
    private static final Duration LIST = Duration.ofSeconds(1);
    private static final Duration WATCHED = Duration.ofSeconds(20);
    private static final double SHARE_OF_A_CORE = 0.10;

    @Test
    void aThousandServersAreKnownSoonAndCostNextToNothing() throws IOException {
        try (var fleet = new ProcessFleet("many")) {
            Files.createDirectories(fleet.folder().resolve("fleet.d"));
            Files.writeString(fleet.folder().resolve("fleet.d/many.yml"), servers());
            String config =
                ProcessFleet.settings() +
                "fleet: { include: [\"fleet.d/*.yml\"], nodes: { local: { driver: process } } }\n";
            Duration first = timed(() -> {
                fleet.start(config);
                awaitAll(fleet);
            });
            fleet.terminate();
            Duration again = timed(() -> {
                fleet.again();
                awaitAll(fleet);
            });
            List<Duration> lists = new ArrayList<>();
            try (FleetApi api = fleet.api()) {
                for (int i = 0; i < 11; i++) {
                    lists.add(timed(() -> api.get("/api/servers").expect(200)));
                }
            }
            Collections.sort(lists);
            Duration list = lists.get(lists.size() / 2);
            long processor = processorTime(fleet).toNanos();
            long clock = System.nanoTime();
            NightporterProcess.pause(WATCHED);
            double share = (double) (processorTime(fleet).toNanos() - processor) / (System.nanoTime() - clock);
            System.out.printf(
                "ManyServersIT: known after %d ms, after a restart %d ms; list %d ms; %.1f %% of a core, %d MiB%n",
                first.toMillis(),
                again.toMillis(),
                list.toMillis(),
                100 * share,
                Vitals.of(fleet.nightporter().child().pid()).rssMebibytes()
            );
            assertThat(first).isLessThan(START);
            assertThat(again).isLessThan(START);
            assertThat(list).isLessThan(LIST);
            assertThat(share).isLessThan(SHARE_OF_A_CORE);
        }
    }

    /** Whose program nobody ever begins. */
    private static String servers() {
        var text = new StringBuilder("servers:\n");
        for (int i = 0; i < SERVERS; i++) {
            text.append(
                "  s%03d: { hosts: [s%03d.test], node: local, payPerUse: true, command: [\"false\", \"{port}\"] }%n".formatted(
                    i,
                    i
                )
            );
        }
        return text.toString();
    }

    private static void awaitAll(ProcessFleet fleet) {
        try (FleetApi api = fleet.api()) {
            api.await("/api/status", ManyServersIT::isComplete, START.multipliedBy(4));
        }
    }

    private static boolean isComplete(JsonNode status) {
        return (
            status.path("servers").path("total").asInt(0) == SERVERS &&
            status.path("servers").path("phases").path("ASLEEP").asInt(0) == SERVERS &&
            status.path("nodes").path("up").asInt(0) == 1
        );
    }

    private static Duration timed(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** That Nightporter has had since it began. */
    private static Duration processorTime(ProcessFleet fleet) {
        return fleet.nightporter().child().handle().info().totalCpuDuration().orElseThrow();
    }
}
