package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real clients whose server is in a network of its own, behind a firewall that begins to drop everything: they stay in
 * their world until the rule is gone.
 */
@Timeout(180)
class CutNetworkIT {

    private static final List<String> VERSIONS = List.of("1.8.8", "1.12.2", "1.16.5", "1.20.1", "1.21.8");
    private static final Duration CUT = Duration.ofSeconds(10);
    /** Servers that stall are tried anew after three good seconds, and clients are slow. */
    private static final Duration RETURN = Duration.ofSeconds(15);

    private static final Delays RETURNS = new Delays("mineflayer: rule of the firewall lifted to heard by the server");
    private static final List<StayingPlayer> PLAYERS = new ArrayList<>();
    private static NetworkNamespace away;
    private static Backends backends;
    private static NightporterProcess nightporter;

    @BeforeAll
    static void play() {
        away = NetworkNamespace.open();
        backends = startBackends(0);
        String config = """
        proxy: { listen: "127.0.0.1:{PORT}", onlineMode: false }
        waitingRoom: { stallAfter: 4s }
        admin: { listen: "127.0.0.1:{ADMIN}" }
        fleet: { servers: { away: { hosts: [away.test], address: "%s:%d" } } }
        """.formatted(away.address(), backends.port("away"));
        nightporter = NightporterProcess.start("cut-network", config);
        for (String version : VERSIONS) {
            PLAYERS.add(StayingPlayer.join("mineflayer", GameVersion.named(version), "away.test", nightporter.port()));
        }
        PLAYERS.forEach(StayingPlayer::chats);
    }

    private static Backends startBackends(int port) {
        // Its own impatience must not be what throws the players out.
        return Backends.startIn(
            away.entrance(),
            Map.of("away", Map.of("host", away.address(), "port", port, "keepAlivePatienceMillis", 100_000)),
            VERSIONS
        );
    }

    @AfterEach
    void liftTheRule() {
        away.mend();
    }

    @AfterAll
    static void end() {
        PLAYERS.forEach(StayingPlayer::close);
        nightporter.close();
        backends.close();
        away.close();
        RETURNS.publish();
    }

    @Test
    void whoseServerIsBehindARuleIsHeldAndGoesOnWhenItIsLifted() {
        List<Fallen> fallen = PLAYERS.stream().map(Fallen::of).toList();
        int before = lost().size();
        away.cut();
        long cut = System.nanoTime();
        fallen.forEach(one -> one.isHeld(hasBossBars(one)));
        try (var newcomer = StayingPlayer.join("plain", GameVersion.named("1.20.4"), "away.test", nightporter.port())) {
            newcomer.await(0, "placed", place -> place.path("y").asDouble() > 300);
            Duration left = CUT.minusNanos(System.nanoTime() - cut);
            if (left.isPositive()) {
                NightporterProcess.pause(left);
            }
            assertThat(away.dropped()).as("packets dropped").isGreaterThan(PLAYERS.size());
            assertThat(lost()).as("connections that ended, though the rule says nothing").hasSize(before);
            away.mend();
            areBack(fallen, 0, 1);
            newcomer.chats();
        }
    }

    @Test
    void whoseServerIsKilledBehindARuleComesBackToTheNewOne() {
        List<Fallen> fallen = PLAYERS.stream().map(Fallen::of).toList();
        away.cut();
        fallen.forEach(one -> one.isHeld(hasBossBars(one)));
        int port = backends.port("away");
        backends.child().signal("KILL");
        backends = startBackends(port);
        away.mend();
        areBack(fallen, 1, 1);
    }

    /** The old connections may go on; TCP decides when it tries again, and until then the proxy may have a new one. */
    private static void areBack(List<Fallen> fallen, int leastWorlds, int mostWorlds) {
        long mended = System.nanoTime();
        for (Fallen one : fallen) {
            assertThat(one.isBack(hasBossBars(one)))
                .as("worlds entered by %s", one.player().name())
                .isBetween(leastWorlds, mostWorlds);
            RETURNS.add(one.player().name() + leastWorlds, Duration.ofNanos(System.nanoTime() - mended));
        }
        assertThat(RETURNS.longest()).isLessThan(RETURN);
    }

    private static List<String> lost() {
        return nightporter
            .child()
            .lines()
            .stream()
            .filter(line -> line.contains("server lost") || line.contains("player left"))
            .toList();
    }

    private static boolean hasBossBars(Fallen one) {
        return !one.player().name().equals("f_1_8_8");
    }
}
