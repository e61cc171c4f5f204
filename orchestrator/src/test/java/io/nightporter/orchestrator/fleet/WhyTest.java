package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.SleepRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyTest {

    @TempDir
    private Path folder;

    private static List<String> why(SimHouse house) {
        return Why.of(house.view("survival"), house.time.now(), ZoneOffset.UTC);
    }

    private static String clock(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "+00:00");
    }

    @Test
    void everyPhaseIsExplained() {
        try (var house = new SimHouse(folder)) {
            house.define(SimHouse.server("survival"));
            assertThat(why(house)).containsExactly(
                "survival is asleep since 2026-11-23 12:00:00+00:00 (0 s ago).",
                "A player who joins it, or an order, wakes it."
            );
            house.wake("survival");
            assertThat(why(house)).contains("Nobody knows how long it will take: no start took that long before.");

            house.seconds(30);
            Instant since = house.view("survival").state().since();
            long ago = Duration.between(since, house.time.now()).toSeconds();
            String clock = clock(since) + " (" + ago + " s ago)";
            assertThat(why(house)).containsExactly(
                "survival is awake since " + clock + ".",
                "Nobody has played on it since " + clock + ".",
                "If that stays so, and no awake server needs it, it is stopped at " +
                    clock(since.plusSeconds(300)) +
                    " (in 4 minutes)."
            );
            house.players("survival", 2);
            assertThat(why(house)).endsWith("2 players are on it.");

            house.node().cut = true;
            house.seconds(10);
            assertThat(why(house)).contains("Its node n1 cannot be reached: until it can, nothing changes.");
            house.node().cut = false;
            house.seconds(10);

            house.fleet().stop("survival", SimHouse.ADMIN);
            house.seconds(10);
            assertThat(why(house)).contains("admin stopped it; its plan and its awake windows do not start it.");

            house.node().behaviour("survival").crashAfter = Duration.ofSeconds(3);
            house.wake("survival");
            assertThat(why(house))
                .last()
                .asString()
                .matches("It will take about 2[01] s, judged by its last starts\\.");
            house.seconds(120);
            assertThat(why(house)).contains("It did not start 3 times: It ended with exit code 1 before it was ready.");
        }
    }

    @Test
    void whatKeepsAServerAwakeIsNamed() {
        try (var house = new SimHouse(folder)) {
            var window = new AwakeWindow(LocalTime.of(11, 0), LocalTime.of(13, 0));
            house.define(
                SimHouse.server("survival")
                    .but()
                    .sleep(SleepRules.DEFAULT.withAwake(List.of(window)))
                    .build()
            );
            house.fleet().pin("survival", "Ada");
            house.seconds(30);
            assertThat(why(house)).contains(
                "Ada pinned it; it stays awake until it is unpinned.",
                "Its awake window 11:00–13:00 lasts until 2026-11-23 13:00:00+00:00 (in 59 minutes)."
            );
        }
    }
}
