package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.nightporter.e2e.Crowd.Member;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever others do to the proxy, a player who plays on it hardly notices, and afterwards the process is as it was: its
 * memory, its connections, its log. Without rate limits: connections from the machine itself are exempt.
 */
@Tag("alone")
@Timeout(180)
class HostileIT {

    private static final ProtocolVersion NEWEST = ProtocolVersions.builtIn().newest();
    private static final Duration ATTACK = Duration.ofSeconds(8);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final String[] SETTINGS = { "timeouts: { handshake: 5s, login: 10s, read: 10s }" };

    private static WireServer calm;
    private static Backends standIns;
    private static SessionServer sessionServer;
    private static Crowd lobby;
    private static Crowd flood;
    private static Crowd halfFrames;
    private static Crowd deaf;
    private static Victim offline;
    private static Victim online;

    @BeforeAll
    static void start() throws IOException {
        calm = WireServer.start(256, null);
        standIns = Backends.start(Map.of("plain", Map.of("compression", 256)));
        sessionServer = SessionServer.start();
        lobby = Crowd.server(Attackers.QuietServer::new);
        flood = Crowd.server(Attackers.FloodingServer::new);
        halfFrames = Crowd.server(Attackers.HalfFrameServer::new);
        deaf = Crowd.server(Attackers.DeafServer::new);
        ProxyConfig config = ProxyConfig.with("onlineMode: false", SETTINGS[0])
            .server("calm", calm.port())
            .server("plain", standIns.port("plain"))
            .server("lobby", lobby.port())
            .server("flood", flood.port())
            .server("halves", halfFrames.port())
            .server("deaf", deaf.port());
        offline = Victim.start("hostile-offline", config, Bytes.EMPTY, null);
        ProxyConfig authenticating = ProxyConfig.with("sessionServer: " + sessionServer.address(), SETTINGS[0])
            .server("calm", calm.port())
            .server("online", lobby.port());
        var identity = new SessionIdentity(sessionServer.address(), "Decent");
        online = Victim.start("hostile-online", authenticating, Bytes.EMPTY, identity);
    }

    @AfterAll
    static void end() {
        offline.close();
        online.close();
        for (Crowd crowd : List.of(lobby, flood, halfFrames, deaf)) {
            crowd.close();
        }
        standIns.close();
        sessionServer.close();
        calm.close();
    }

    @Test
    void thousandsWhoConnectAndSayNothing() {
        int many = Math.min(10_000, descriptors() - 2_000);
        offline.survives("half-open x" + many, many, crowd(many, Attackers.Silent::new), ATTACK);
    }

    @Test
    void thousandsWhoSayAByteASecond() {
        offline.survives("slow loris x3000", 3_000, crowd(3_000, Attackers.Slow::new), ATTACK);
    }

    @Test
    void aFloodOfPings() {
        byte[] words = Utterances.status("lobby.test");
        offline.survives("ping flood", 1_000, crowd(64, () -> new Attackers.Sayer(words)), ATTACK);
    }

    @Test
    void aFloodOfLogins() {
        offline.survives("login flood", 1_000, crowd(64, () -> new Attackers.Revolving("lobby.test", "")), ATTACK);
    }

    @Test
    void badFramesBeforeAndInsteadOfALogin() {
        List<byte[]> words = Attackers.badFrames(-1)
            .stream()
            .flatMap(bad -> List.of(bad, Utterances.joined(Utterances.login("lobby.test", "Early"), bad)).stream())
            .toList();
        offline.survives("bad frames in login", 100, crowd(64, Attackers.inTurn(words, Attackers.Sayer::new)), ATTACK);
    }

    @Test
    void badFramesAndZipBombsInTheGame() {
        List<byte[]> words = Attackers.badFrames(Utterances.PROXY_THRESHOLD);
        var attack = crowd(64, Attackers.inTurn(words, Attackers.BadPlayer::new));
        offline.survives("bad frames in play", 100, attack, ATTACK);
    }

    @Test
    void wrongKeysAndPlainTextWhereCipherTextIsDue() {
        online.survives("wrong encryption", 100, crowdTo(online, 64, Attackers.WrongCipher::new), ATTACK);
    }

    @Test
    void aServerThatFloodsAClientThatDoesNotRead() {
        offline.survives("flooding server, 1 deaf client", 1, crowd(1, () -> new Attackers.Deaf("flood.test")), ATTACK);
    }

    @Test
    void aServerThatFloodsTwoHundredClientsThatDoNotRead() throws IOException {
        var attack = crowd(200, () -> new Attackers.Deaf("flood.test"));
        offline.survives("flooding server, 200 deaf clients", 200, attack, ATTACK);
    }

    @Test
    void aServerThatSendsHalfFramesWithoutEnd() {
        var attack = crowd(50, () -> new Attackers.Deaf("halves.test"));
        offline.survives("half frames to 50 clients", 50, attack, ATTACK);
    }

    @Test
    void clientsThatSendAsFastAsTheyCanToAServerThatDoesNotRead() {
        offline.survives("20 talkers to a deaf server", 20, crowd(20, () -> new Attackers.Talker("deaf.test")), ATTACK);
    }

    @Test
    void aRealClientPlaysOnMeanwhile() {
        GameVersion version = GameVersion.ALL.stream()
            .filter(each -> each.name().equals("1.21.4"))
            .findFirst()
            .orElseThrow();
        Scenario scenario = Scenario.plain("among attackers", "plain.test", offline.process().port(), "Builder")
            .withClient("mineflayer")
            .staying(25, Scenario.Place.STAND_IN);
        CompletableFuture<ClientRun> run = CompletableFuture.supplyAsync(() ->
            ClientRun.of(version, List.of(scenario))
        );
        List<byte[]> words = Attackers.badFrames(Utterances.PROXY_THRESHOLD);
        while (!run.isDone()) {
            offline.survives(
                "bad frames in play, and mineflayer",
                100,
                crowd(32, Attackers.inTurn(words, Attackers.BadPlayer::new)),
                Duration.ofSeconds(10)
            );
        }
        ClientRun played = run.join();
        assertThat(played.passed("among attackers")).as("%s", played.checks()).isTrue();
    }

    private static Supplier<Crowd> crowd(int size, Supplier<Member> members) {
        return crowdTo(offline, size, members);
    }

    private static Supplier<Crowd> crowdTo(Victim victim, int size, Supplier<Member> members) {
        return () -> Crowd.callers(victim.process().port(), size, members);
    }

    /** Sockets that this process may open. */
    private static int descriptors() {
        return (int) Math.min(
            20_000,
            ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount()
        );
    }

    /** A proxy and the decent player on it. */
    record Victim(NightporterProcess process, Pulse player) implements AutoCloseable {
        /** Beside what there was: the heap grows to what it needed once, and buffers go back little by little. */
        private static final long RSS_MARGIN = 160L << 20;
        /** However many attacks there were: a quarter of the smallest machine that is meant. */
        private static final long MOST_RSS = 512L << 20;

        private static final Duration RECOVERY = Duration.ofSeconds(30);
        private static final int SOCKET_MARGIN = 5;

        /** Something to look at while the attack goes on. */
        interface Look {
            void look() throws IOException;
        }

        /** @param preface what comes before the player's handshake */
        static Victim start(String name, ProxyConfig config, Bytes preface, @Nullable SessionIdentity identity)
            throws IOException {
            var process = NightporterProcess.start(name, config.yaml());
            var player = Pulse.join(process.port(), NEWEST, "calm.test", "Decent", preface, identity);
            NightporterProcess.pause(QUIET);
            return new Victim(process, player);
        }

        /**
         * Lets a crowd loose, and looks at the player and the process, then and afterwards.
         *
         * @param atLeast connections that must have come about, so that the attack was one
         */
        void survives(String attack, int atLeast, Supplier<Crowd> attackers, Duration time) {
            try {
                survives(attack, atLeast, attackers, time, () -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * @param look done once, when half of the time has gone by
         */
        void survives(String attack, int atLeast, Supplier<Crowd> attackers, Duration time, Look look)
            throws IOException {
            Vitals before = Vitals.of(process.child().pid());
            int logged = process.child().lines().size();
            player.sinceLastAsked();
            NightporterProcess.pause(QUIET);
            Pulse.Latencies quiet = player.sinceLastAsked();
            long worst = 0;
            int sockets = 0;
            Pulse.Latencies during;
            long begun;
            try (Crowd crowd = attackers.get()) {
                long end = System.nanoTime() + time.toNanos();
                boolean looked = false;
                while (System.nanoTime() < end) {
                    if (!looked && System.nanoTime() > end - time.toNanos() / 2) {
                        looked = true;
                        look.look();
                    }
                    NightporterProcess.pause(Duration.ofMillis(250));
                    Vitals now = Vitals.of(process.child().pid());
                    worst = Math.max(worst, now.rssMebibytes());
                    sockets = Math.max(sockets, now.sockets());
                }
                during = player.sinceLastAsked();
                begun = crowd.begun();
            }
            long limit = Math.min(MOST_RSS, before.rss() + RSS_MARGIN);
            Vitals after = awaitRest(limit, before.sockets() + SOCKET_MARGIN);
            System.out.printf(
                "%-36s connections=%d sockets=%d->%d->%d rss=%d->%d->%d MiB%n    before: %s%n    during: %s%n",
                attack,
                begun,
                before.sockets(),
                sockets,
                after.sockets(),
                before.rssMebibytes(),
                worst,
                after.rssMebibytes(),
                quiet,
                during
            );
            assertThat(begun).as("connections of the attack").isGreaterThanOrEqualTo(atLeast);
            assertThat(player.end()).as("the end of the decent player").isEmpty();
            assertThat(during.words())
                .as("words of the decent player")
                .isGreaterThan((int) time.toSeconds() * 5);
            assertThat(during.p99()).as("milliseconds to the echo, of 99 in 100 words").isLessThan(1_000);
            assertThat(after.sockets())
                .as("sockets")
                .isLessThanOrEqualTo(before.sockets() + SOCKET_MARGIN);
            assertThat(after.rss()).as("memory").isLessThanOrEqualTo(limit);
            List<String> log = process.child().lines();
            assertThat(Vitals.faults(log.subList(logged, log.size()))).isEmpty();
        }

        private Vitals awaitRest(long rss, int sockets) {
            long deadline = System.nanoTime() + RECOVERY.toNanos();
            Vitals now = Vitals.of(process.child().pid());
            while ((now.rss() > rss || now.sockets() > sockets) && System.nanoTime() < deadline) {
                NightporterProcess.pause(Duration.ofMillis(250));
                now = Vitals.of(process.child().pid());
            }
            return now;
        }

        @Override
        public void close() {
            player.close();
            process.close();
        }
    }
}
