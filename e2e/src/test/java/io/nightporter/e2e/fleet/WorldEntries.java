package io.nightporter.e2e.fleet;

import io.nightporter.e2e.Delays;
import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.PlayerPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** How long players who wait for a server take into its world, from when it is awake. */
final class WorldEntries {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private WorldEntries() {}

    /** Waits until all of them are there. */
    static Delays measure(FleetApi api, String server, List<WirePlayer> players) {
        var entries = new Delays(
            "own codec: awake server of the fleet to position in its world, waiting: " + players.size()
        );
        add(entries, api, server, players);
        entries.publish();
        return entries;
    }

    /** Adds those of this server's players. */
    static void add(Delays entries, FleetApi api, String server, List<WirePlayer> players) {
        Instant awake = awakeSince(api, server);
        for (WirePlayer player : players) {
            entries.add(player.name(), Duration.between(awake, spawned(player)));
        }
    }

    private static Instant awakeSince(FleetApi api, String server) {
        return api
            .events(server, null)
            .stream()
            .filter(event -> event.path("data").path("to").asString("").equals("AWAKE"))
            .map(event -> Instant.parse(event.path("at").asString()))
            .reduce((_, later) -> later)
            .orElseThrow();
    }

    /** When the player was put somewhere in the world that came after the waiting room. */
    private static Instant spawned(WirePlayer player) {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < until && player.isConnected()) {
            for (Received position : firstInTheSecondWorld(player.received())) {
                return Instant.now().minusNanos(System.nanoTime() - position.at());
            }
            NightporterProcess.pause(Duration.ofMillis(50));
        }
        throw new AssertionError(player.name() + " was not in the world; last: " + player.received().getLast());
    }

    private static Collection<Received> firstInTheSecondWorld(List<Received> received) {
        return received
            .stream()
            .dropWhile(packet -> !(packet.packet() instanceof JoinGame))
            .skip(1)
            .dropWhile(packet -> !(packet.packet() instanceof JoinGame))
            .filter(packet -> packet.packet() instanceof PlayerPosition)
            .limit(1)
            .toList();
    }
}
