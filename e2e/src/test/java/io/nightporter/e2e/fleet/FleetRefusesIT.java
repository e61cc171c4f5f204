package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.SessionIdentity;
import io.nightporter.e2e.SessionServer;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.Handshake;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who does not play does not wake a server, and does not keep one awake: in online mode, with a session server of our own. */
@Timeout(180)
class FleetRefusesIT {

    private static final int PROTOCOL = 775;
    private static final int PINGS = 1000;
    private static final int AT_ONCE = 8;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static SessionServer sessionServer;
    private static FleetHouse house;

    @BeforeAll
    static void open() {
        sessionServer = SessionServer.start();
        var version = GameVersion.World.V26_1;
        house = FleetHouse.plan("fleet-refuses")
            .proxy("onlineMode", true)
            .proxy("sessionServer", sessionServer.address().toString())
            .proxy("wakeQuota", Map.of("perAccount", 1, "perNetwork", 0, "total", 0))
            .world("pinged", version, Map.of("idleAfter", IDLE.toSeconds() + "s"))
            .world("owned", version, Map.of("wake", "owners", "owners", "Owner"))
            .world("listed", version, Map.of("wake", List.of("Alice", "Bob")))
            .world("newer", version, Map.of("versions", "26.1.."))
            .world("another", version, Map.of())
            .open();
    }

    @AfterAll
    static void close() {
        house.close();
        sessionServer.close();
    }

    private static WirePlayer join(int protocol, String server, String name) throws IOException {
        int port = house.nightporter().port();
        var handshake = new Handshake(protocol, server + ".test", port, Handshake.LOGIN);
        var identity = new SessionIdentity(sessionServer.address(), name);
        return WirePlayer.connect(port, FleetHouse.version(protocol), handshake, name, identity);
    }

    private static String end(int protocol, String server, String name) throws IOException {
        try (WirePlayer player = join(protocol, server, name)) {
            return player.awaitEnd();
        }
    }

    private static void neverWoken(String server) {
        assertThat(house.api().phase(server)).isEqualTo("ASLEEP");
        assertThat(house.operations(server)).isEmpty();
        assertThat(house.processes(server)).isEmpty();
    }

    @Test
    void pingsAndFailedLoginsNeitherWakeAServerNorKeepItAwake() throws Exception {
        assertThat(ping("pinged", PINGS)).allSatisfy(listed ->
            assertThat(listed).contains("sleeping – join to wake it")
        );
        failedLogins("pinged");
        neverWoken("pinged");

        // Nobody plays, but there is always somebody who asks or fails: it sleeps all the same.
        try (WirePlayer player = join(PROTOCOL, "pinged", "Waker")) {
            house.api().awaitPhase("pinged", "AWAKE", LIMIT);
            player.chatUntilHeard("here I am");
        }
        Instant until = Instant.now().plus(LIMIT);
        while (house.api().phase("pinged").equals("AWAKE") && Instant.now().isBefore(until)) {
            ping("pinged", AT_ONCE);
            failedLogins("pinged");
        }
        house.api().awaitPhase("pinged", "ASLEEP", LIMIT);
        failedLogins("pinged");
        ping("pinged", AT_ONCE);
        assertThat(house.changes("pinged")).containsExactly(
            "ASLEEP>STARTING",
            "STARTING>AWAKE",
            "AWAKE>STOPPING",
            "STOPPING>ASLEEP"
        );
    }

    private static List<String> ping(String server, int times) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                all.add(threads.submit(() -> house.listed(PROTOCOL, server)));
            }
            List<String> listed = new ArrayList<>();
            for (Future<String> one : all) {
                listed.add(one.get());
            }
            return listed;
        }
    }

    /** Of players whom the session server does not know, of some who break off, and of one who says nothing. */
    private static void failedLogins(String server) throws IOException {
        sessionServer.mode("strangers");
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(end(PROTOCOL, server, "Stranger" + i)).contains("do not know this login");
            }
        } finally {
            sessionServer.mode("normal");
        }
        int port = house.nightporter().port();
        try (var unable = WirePlayer.connect(port, FleetHouse.version(PROTOCOL), server + ".test", "NoAccount")) {
            assertThat(unable.awaitEnd()).contains("asked for authentication");
        }
    }

    @Test
    void onlyItsOwnersWakeAServerThatSaysSo() throws IOException {
        assertThat(end(PROTOCOL, "owned", "Guest")).contains("owned sleeps, and you are not allowed to wake it");
        neverWoken("owned");
        try (WirePlayer owner = join(PROTOCOL, "owned", "Owner")) {
            house.api().awaitPhase("owned", "AWAKE", LIMIT);
            owner.chatUntilHeard("mine");
            // Whoever finds it awake is let in.
            try (WirePlayer guest = join(PROTOCOL, "owned", "Guest")) {
                guest.chatUntilHeard("and me");
            }
        }
    }

    @Test
    void onlyThoseOnItsListWakeAServerThatHasOne() throws IOException {
        assertThat(end(PROTOCOL, "listed", "Carol")).contains("you are not allowed to wake it");
        neverWoken("listed");
        try (WirePlayer bob = join(PROTOCOL, "listed", "Bob")) {
            bob.awaitJoin();
            assertThat(house.api().phase("listed")).isEqualTo("STARTING");

            // That was Bob's start of this hour.
            assertThat(end(PROTOCOL, "another", "Bob")).contains("Too many servers were woken by you");
            neverWoken("another");
        }
    }

    @Test
    void aVersionThatTheServerDoesNotTakeDoesNotWakeIt() throws IOException {
        assertThat(end(765, "newer", "Oldie")).contains("Your game version does not fit newer");
        neverWoken("newer");
    }
}
