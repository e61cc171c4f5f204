package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.wire.WirePlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk with Nightporter's data is full for a while, on a small file system of the test's own. Needs root. */
class DiskFullIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration WHILE = Duration.ofSeconds(12);

    /** In that while, whatever is asked of it. */
    private static final int MOST_COMPLAINTS = 20;

    private final ProcessFleet fleet = new ProcessFleet("disk-full");

    @BeforeEach
    void mount() {
        Needed.root("a small file system", "mount", "umount");
        Shell.run(List.of("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", fleet.folder().toString()));
    }

    @AfterEach
    void unmount() {
        fleet.close();
        Shell.run(List.of("umount", "-l", fleet.folder().toString()));
    }

    @Test
    void aFullDiskStopsNothingAndLosesNothing() throws IOException {
        fleet.start(
            ProcessFleet.settings() +
                """
                fleet:
                  nodes: { local: { driver: process } }
                  servers:
                    awake: { payPerUse: true, idleAfter: 1h, %s }
                    brief: { payPerUse: true, idleAfter: 1s, %s }
                    asleep: { payPerUse: true, idleAfter: 1h, %s }
                """.formatted(fleet.entry("awake"), fleet.entry("brief"), fleet.entry("asleep"))
        );
        WirePlayer first = fleet.play("awake", "First");
        WirePlayer second = fleet.play("brief", "Second");
        List<ProcessHandle> awake = fleet.processes("awake");
        int before = complaints();
        // Long enough to be counted: one who was never seen is waited for.
        NightporterProcess.pause(Duration.ofSeconds(3));

        fill();
        second.close();
        try (WirePlayer waiting = fleet.join("asleep", "Third"); FleetApi api = fleet.api()) {
            Answer refused = api.post("/api/servers/asleep/start");
            assertThat(refused.status()).as("an order that cannot be recorded: %s", refused).isEqualTo(503);
            NightporterProcess.pause(WHILE);
            first.chat("still here");
            fleet.play("awake", "Fourth").close();
            assertThat(complaints() - before)
                .as("complaints in %s", WHILE)
                .isBetween(1, MOST_COMPLAINTS);
            assertThat(fleet.processes("awake")).isEqualTo(awake);
            assertThat(api.get("/api/servers").expect(200).body().path("servers")).hasSize(3);
            assertThat(waiting.isConnected()).isTrue();

            empty();

            waiting.chatUntilHeard("here at last");
            assertThat(fleet.processes("asleep")).hasSize(1);
            api.awaitPhase("brief", "ASLEEP", LIMIT);
            assertThat(fleet.processes("brief")).isEmpty();
        }

        // Nobody notices a Nightporter that is killed and begins again without room, but those who play.
        fill();
        fleet.kill();
        fleet.begin();
        assertThat(fleet.processes("awake")).isEqualTo(awake);
        empty();
        fleet.awaitFleet();
        fleet.play("awake", "Fifth").close();
        assertThat(fleet.processes("awake")).isEqualTo(awake);
        assertThat(fleet.processes("asleep")).hasSize(1);
    }

    private Path ballast() {
        return fleet.folder().resolve("ballast");
    }

    /** To the last byte. */
    private void fill() {
        Shell.script("dd if=/dev/zero of=\"$1\" bs=64k || true; dd if=/dev/zero of=\"$1.2\" bs=1 || true", ballast());
    }

    private void empty() throws IOException {
        Files.delete(ballast());
        Files.delete(fleet.folder().resolve("ballast.2"));
    }

    /** Lines of the log that are warnings or errors, and stack traces. */
    private int complaints() {
        return (int) fleet
            .nightporter()
            .child()
            .lines()
            .stream()
            .filter(line -> line.contains(" ERROR ") || line.contains(" WARN ") || line.startsWith("\tat "))
            .count();
    }
}
