package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.WirePlayer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nightporter ends as it is asked to and begins again, perhaps with another configuration, while servers run. */
class UpgradeIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final ProcessFleet fleet = new ProcessFleet("upgrade");

    @AfterEach
    void end() {
        fleet.close();
    }

    /** @param removed whether the server of this name is not in it */
    private String config(String idleAfterOfAwake, boolean removed) {
        String going = removed
            ? ""
            : "    going: { payPerUse: true, idleAfter: 3s, %s }\n".formatted(fleet.entry("going"));
        return (
            ProcessFleet.settings() +
            """
            fleet:
              nodes: { local: { driver: process } }
              servers:
                awake: { payPerUse: true, idleAfter: %s, %s }
                slow: { payPerUse: true, idleAfter: 1h, %s }
            """.formatted(idleAfterOfAwake, fleet.entry("awake"), fleet.entry("slow", SLOW, Duration.ZERO)) +
            going
        );
    }

    @Test
    void whatRunsGoesOnAndWhatStartsIsStartedToTheEnd() {
        fleet.start(config("1h", false));
        WirePlayer first = fleet.play("awake", "First");
        List<ProcessHandle> awake;
        List<ProcessHandle> slow;
        String start;
        try (FleetApi api = fleet.api()) {
            start = api.order("slow", "start");
            api.await("/api/servers/slow", _ -> fleet.processes("slow").size() == 1, LIMIT);
            awake = fleet.processes("awake");
            slow = fleet.processes("slow");
            assertThat(api.phase("slow")).isEqualTo("STARTING");
        }

        fleet.terminate();

        assertThat(first.awaitEnd()).startsWith("kicked: ");
        assertThat(fleet.processes("awake")).as("after the end of Nightporter").isEqualTo(awake).hasSize(1);
        assertThat(fleet.processes("slow")).as("after the end of Nightporter").isEqualTo(slow);

        fleet.again();

        try (FleetApi api = fleet.api()) {
            fleet.play("awake", "First").close();
            assertThat(api.awaitOperation(start, LIMIT).path("state").asString("")).isEqualTo("done");
            assertThat(api.phase("slow")).isEqualTo("AWAKE");
            fleet.play("slow", "Second").close();
            assertThat(fleet.processes("awake")).isEqualTo(awake);
            assertThat(fleet.processes("slow")).isEqualTo(slow);
            assertThat(api.events("awake", null))
                .as("it was awake all the time")
                .filteredOn(event -> event.path("kind").asString("").equals("phase_changed"))
                .hasSize(2);
        }
    }

    @Test
    void aConfigurationThatChangedMeanwhileHoldsAndThrowsNobodyOut() {
        fleet.start(config("1h", false));
        fleet.play("awake", "First").close();
        WirePlayer second = fleet.play("going", "Second");
        List<ProcessHandle> awake = fleet.processes("awake");
        List<ProcessHandle> going = fleet.processes("going");

        fleet.terminate();
        second.close();
        fleet.nightporter().rewrite(config("3s", true));
        fleet.again();

        try (FleetApi api = fleet.api()) {
            assertThat(fleet.processes("awake")).isEqualTo(awake).hasSize(1);
            assertThat(fleet.processes("going")).as("it was not stopped at once").isEqualTo(going).hasSize(1);
            assertThat(api.phase("going")).isIn("AWAKE", "STOPPING", "ASLEEP");

            api.awaitPhase("awake", "ASLEEP", LIMIT);
            api.await("/api/servers", seen -> !seen.toString().contains("\"going\""), LIMIT);

            assertThat(fleet.processes("going")).isEmpty();
            api.get("/api/servers/going").expect(404);
            assertThat(api.events(null, null))
                .as("events")
                .noneMatch(event -> event.path("kind").asString("").startsWith("instance_d"));
        }
    }
}
