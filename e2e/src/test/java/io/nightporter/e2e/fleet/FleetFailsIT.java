package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.Child;
import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.TitleText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A server that starts and is never ready. */
@Timeout(180)
class FleetFailsIT {

    private static final int PROTOCOL = 775;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void aServerThatIsNeverReadyIsGivenUpAndEverybodyIsToldWhy() throws IOException {
        Map<String, Object> impatient = Map.of("startTimeout", "5s", "startAttempts", 2, "stopGrace", "5s");
        try (
            FleetHouse house = FleetHouse.plan("fleet-fails")
                .world("broken", GameVersion.World.V26_1, impatient, "--never-ready")
                .open();
            WirePlayer waiting = house.join(PROTOCOL, "broken", "Waiting")
        ) {
            waiting.await(TitleText.class, title -> title.text().words().equals("broken is starting"));
            JsonNode failed = house.api().awaitPhase("broken", "FAILED", LIMIT);
            assertThat(failed.path("failure").asString()).contains("not ready after 5 s");
            assertThat(failed.path("lastLines").toString()).contains("never ready, as was asked for");
            assertThat(house.processes("broken")).isEmpty();
            assertThat(house.operations("broken"))
                .singleElement()
                .satisfies(operation -> {
                    assertThat(operation.path("state").asString()).isEqualTo("failed");
                    assertThat(operation.path("message").asString()).contains("does not start", "not ready after 5 s");
                });

            waiting.await(TitleText.class, title -> title.text().words().equals("broken does not start"));
            assertThat(waiting.isConnected()).isTrue();
            assertThat(house.listed(PROTOCOL, "broken")).contains("does not start at the moment");
            try (WirePlayer late = house.join(PROTOCOL, "broken", "Late")) {
                assertThat(late.awaitEnd()).contains("kicked: broken did not start", "try again in five minutes");
            }
            assertThat(house.api().phase("broken")).isEqualTo("FAILED");
            shownOnTheCommandLine(house);

            house.api().order("broken", "start");
            house.api().awaitPhase("broken", "STARTING", LIMIT);
            waiting.await(TitleText.class, title -> title.text().words().equals("broken is starting"));
            assertThat(waiting.isConnected()).isTrue();
        }
    }

    private static void shownOnTheCommandLine(FleetHouse house) {
        List<String> command = List.of(
            Workplace.ROOT.resolve("nightporter").toString(),
            "servers",
            "show",
            "broken",
            "--config",
            house.nightporter().folder().resolve("nightporter.yml").toString()
        );
        try (Child shown = Child.start("servers-show", house.nightporter().folder(), command)) {
            assertThat(shown.awaitEnd(LIMIT)).isZero();
            assertThat(String.join("\n", shown.lines())).contains(
                "failed",
                "not ready after 5 s",
                "never ready, as was asked for"
            );
        }
    }
}
