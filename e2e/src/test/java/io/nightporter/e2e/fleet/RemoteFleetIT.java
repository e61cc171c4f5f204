package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.Delays;
import io.nightporter.e2e.wire.WirePlayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that somebody else's panel starts, which let players in at once: so the rest of the wait is Nightporter's own. */
@Tag("alone")
@Timeout(120)
class RemoteFleetIT {

    private static final int CROWD = 20;
    private static final String[] SERVERS = { "r1", "r2", "r3", "r4", "r5" };
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration OWN_SHARE = Duration.ofSeconds(1);

    @Test
    void playersAreInTheWorldWithinASecondOfItsBeingThere() throws IOException {
        try (Panel panel = Panel.open(Duration.ofSeconds(2), SERVERS); var fleet = new ProcessFleet("fleet-remote")) {
            Files.writeString(fleet.folder().resolve("panel.secret"), Panel.TOKEN + "\n");
            fleet.start(ProcessFleet.settings() + settings(panel));
            var entries = new Delays("own codec: awake server that lets in at once to position in its world");
            try (FleetApi api = fleet.api()) {
                for (String server : SERVERS) {
                    crowd(fleet, api, server, entries);
                }
                entries.publish();
                assertThat(panel.orders()).containsExactly("start r1", "start r2", "start r3", "start r4", "start r5");
                assertThat(entries.percentile(99)).isLessThan(OWN_SHARE);

                String operation = api.order("r1", "stop");
                assertThat(api.awaitOperation(operation, LIMIT).path("state").asString()).isEqualTo("done");
                api.awaitPhase("r1", "ASLEEP", LIMIT);
                assertThat(panel.orders()).last().isEqualTo("stop r1");
            }
        }
    }

    private static String settings(Panel panel) {
        var text = new StringBuilder(
            """
            fleet:
              nodes:
                local: { driver: process }
                panel: { driver: remote, endpoint: "%s", tokenFile: panel.secret }
              servers:
            """.formatted(panel.endpoint())
        );
        for (String server : SERVERS) {
            text.append(
                "    %s: { hosts: [%s.test], remote: %s, payPerUse: true }%n".formatted(server, server, server)
            );
        }
        return text.toString();
    }

    private static void crowd(ProcessFleet fleet, FleetApi api, String server, Delays entries) {
        assertThat(api.phase(server)).isEqualTo("ASLEEP");
        List<WirePlayer> players = new ArrayList<>();
        try {
            IntStream.range(0, CROWD).forEach(i -> players.add(fleet.join(server, server + "x" + i)));
            players.forEach(WirePlayer::awaitJoin);
            api.awaitPhase(server, "AWAKE", LIMIT);
            WorldEntries.add(entries, api, server, players);
            for (WirePlayer player : players) {
                player.chatUntilHeard("hello from " + player.name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            players.forEach(WirePlayer::close);
        }
    }
}
