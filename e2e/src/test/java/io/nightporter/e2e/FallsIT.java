package io.nightporter.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real clients whose server dies, stops or cannot be reached: they stay in their world until it is back. */
@Timeout(180)
class FallsIT {

    private static final Duration SHORT_ABSENCE = Duration.ofSeconds(4);
    private static final Duration LONG_ABSENCE = Duration.ofSeconds(20);
    private static final Duration STANDSTILL = Duration.ofSeconds(40);
    private static final Duration CUT = Duration.ofSeconds(8);

    private static RunningWorld world;
    private static RunningWorld newerWorld;
    private static Backends backends;
    private static Cable cable;
    private static NightporterProcess nightporter;

    @BeforeAll
    static void start() {
        world = RunningWorld.start(GameVersion.World.V1_21_8);
        newerWorld = RunningWorld.start(GameVersion.World.V26_1);
        backends = startBackends(0);
        cable = Cable.to(world.port());
        String config = """
        proxy: { listen: "127.0.0.1:{PORT}", onlineMode: false }
        waitingRoom: { stallAfter: 4s }
        admin: { listen: "127.0.0.1:{ADMIN}" }
        fleet:
          servers:
            world: { hosts: [world.test], address: "127.0.0.1:%d" }
            newer: { hosts: [newer.test], address: "127.0.0.1:%d" }
            older: { hosts: [older.test], address: "127.0.0.1:%d" }
            cable: { hosts: [cable.test], address: "127.0.0.1:%d" }
        """.formatted(world.port(), newerWorld.port(), backends.port("older"), cable.port());
        nightporter = NightporterProcess.start("falls", config);
    }

    private static Backends startBackends(int port) {
        // After a standstill its own impatience must not be what throws the players out.
        return Backends.start(Map.of("older", Map.of("port", port, "keepAlivePatienceMillis", 100_000)));
    }

    @AfterAll
    static void end() {
        nightporter.close();
        cable.close();
        backends.close();
        newerWorld.close();
        world.close();
    }

    @Test
    void whoseServerIsKilledIsHeldAndLetInAgain() {
        Map<StayingPlayer, Boolean> players = new LinkedHashMap<>();
        try {
            players.put(join("mineflayer", "1.21.8", "world.test"), true);
            players.put(join("plain", "26.1", "newer.test"), true);
            for (String version : List.of("1.8.8", "1.12.2", "1.16.5", "1.19.4")) {
                players.put(join("plain", version, "older.test"), !version.equals("1.8.8"));
            }
            players.keySet().forEach(StayingPlayer::chats);
            List<Fallen> fallen = players.keySet().stream().map(Fallen::of).toList();
            int port = backends.port("older");
            world.child().signal("KILL");
            newerWorld.child().signal("KILL");
            backends.child().signal("KILL");
            long killed = System.nanoTime();
            for (Fallen one : fallen) {
                one.isHeld(Objects.requireNonNull(players.get(one.player())));
            }
            pauseUntil(killed, SHORT_ABSENCE);
            world = world.again();
            backends = startBackends(port);
            for (Fallen one : fallen) {
                if (!one.player().name().equals("f_26_1")) {
                    one.isBack(1, Objects.requireNonNull(players.get(one.player())));
                }
            }
            pauseUntil(killed, LONG_ABSENCE);
            newerWorld = newerWorld.again();
            fallen.get(1).isBack(1, true);
        } finally {
            players.keySet().forEach(StayingPlayer::close);
        }
    }

    @Test
    void whoseServerStandsStillIsHeldUntilItGoesOn() {
        List<StayingPlayer> players = new ArrayList<>();
        try {
            players.add(join("mineflayer", "1.21.8", "world.test"));
            players.add(join("plain", "1.12.2", "older.test"));
            players.add(join("plain", "1.20.4", "older.test"));
            players.forEach(StayingPlayer::chats);
            List<Fallen> fallen = players.stream().map(Fallen::of).toList();
            world.child().signal("STOP");
            backends.child().signal("STOP");
            long stopped = System.nanoTime();
            try {
                fallen.forEach(one -> one.isHeld(true));
                pauseUntil(stopped, STANDSTILL);
            } finally {
                world.child().signal("CONT");
                backends.child().signal("CONT");
            }
            // The same connections go on: nobody has entered another world.
            fallen.forEach(one -> one.isBack(0, true));
        } finally {
            players.forEach(StayingPlayer::close);
        }
    }

    @Test
    void whoseServerCannotBeReachedIsHeldUntilTheNetworkIsBack() {
        try (StayingPlayer player = join("plain", "1.21.8", "cable.test")) {
            player.chats();
            Fallen fallen = Fallen.of(player);
            cable.cut();
            long cut = System.nanoTime();
            fallen.isHeld(true);
            pauseUntil(cut, CUT);
            cable.mend();
            fallen.isBack(0, true);

            Fallen again = Fallen.of(player);
            cable.cut();
            again.isHeld(true);
            world.child().signal("KILL");
            world = world.again();
            cable.mend();
            again.isBack(1, true);
        }
    }

    private static void pauseUntil(long since, Duration time) {
        Duration left = time.minusNanos(System.nanoTime() - since);
        if (left.isPositive()) {
            NightporterProcess.pause(left);
        }
    }

    private static StayingPlayer join(String client, String version, String host) {
        return StayingPlayer.join(client, GameVersion.named(version), host, nightporter.port());
    }
}
