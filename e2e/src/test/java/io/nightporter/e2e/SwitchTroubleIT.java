package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Fault;
import io.nightporter.e2e.wire.Fault.Step;
import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens on the way from one server to another: the player gets to where they want to be, or is gone. */
@Timeout(90)
class SwitchTroubleIT {

    private static final int CONFIGURATION = 764;
    private static final int KNOWN_PACKS = 766;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The server west does this to the player who comes by this name, once. */
    private static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();

    private static WireServer east;
    private static WireServer west;
    private static WireServer south;
    private static NightporterProcess nightporter;
    private static int players;

    @BeforeAll
    static void start() {
        east = WireServer.start(256, null);
        west = WireServer.start(256, null);
        south = WireServer.start(256, null);
        prepareWest();
        nightporter = NightporterProcess.start(
            "switch-trouble",
            """
            proxy: { listen: "127.0.0.1:{PORT}", onlineMode: false }
            waitingRoom: { stallAfter: 3s }
            admin: { listen: "127.0.0.1:{ADMIN}" }
            fleet:
              servers:
                east: { address: "127.0.0.1:%d" }
                west: { address: "127.0.0.1:%d" }
                south: { address: "127.0.0.1:%d" }
              networks:
                lobby: { hosts: ["*.falls.test"], lobby: east, servers: [west, south] }
                waiting: { hosts: ["*.waits.test"], lobby: east, servers: [west, south], fallback: wait }
            """.formatted(east.port(), west.port(), south.port())
        );
    }

    /** Who comes from the east has to leave the game in between; who goes to the south has not. */
    private static void prepareWest() {
        west.differ("test:west");
        west.fail(call -> call.intent() == Handshake.STATUS ? null : FAULTS.remove(call.address()));
    }

    @AfterAll
    static void end() {
        nightporter.close();
        east.close();
        west.close();
        south.close();
    }

    @AfterEach
    void nobodyIsLeftAndNothingWentWrong() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String left = playersNow();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            NightporterProcess.pause(Duration.ofMillis(50));
            left = playersNow();
        }
        assertThat(left).as("players who are gone").isEmpty();
        assertThat(Vitals.faults(nightporter.child().lines())).isEmpty();
    }

    private static String playersNow() {
        return String.join(
            " ",
            nightporter
                .admin("/metrics")
                .lines()
                .filter(
                    line -> line.startsWith("nightporter_players{") && !line.endsWith(" 0") && !line.endsWith(" 0.0")
                )
                .toList()
        );
    }

    /** A player on a server. */
    private record Traveller(WirePlayer player, Visit visit, String host) implements AutoCloseable {
        static Traveller arrive(int protocol, String network) throws IOException {
            String name = "t%d_%d".formatted(protocol, ++players);
            String host = name + "." + network + ".test";
            var version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
            WirePlayer player = WirePlayer.connect(nightporter.port(), version, host, name);
            player.awaitJoin();
            player.chat("in the east");
            return new Traveller(player, east.awaitVisit(name), host);
        }

        String name() {
            return visit.name();
        }

        /** Asks for a server. */
        void to(String server) throws IOException {
            Lines.command(player, "server " + server);
        }

        /** Sets out for the west and is held up there. */
        Visit heldUp(Fault fault) throws IOException {
            FAULTS.put(host, fault);
            to("west");
            return west.awaitCall(host);
        }

        /** The server says nothing more, and that is noticed. */
        void standStill() {
            visit.fallSilent();
            nightporter
                .child()
                .awaitLine("a stall", line -> line.contains("server stalled player=" + name()), PATIENCE);
        }

        void isOn(WireServer server, int worlds) throws IOException {
            Visit there = server.awaitVisit(name());
            Lines.awaitWorlds(player, worlds);
            player.chat("here I am");
            assertThat(there.hasEnded()).isFalse();
        }

        @Override
        public void close() {
            player.close();
        }
    }

    /** Where a slow server can be left for another one. */
    private static List<Step> slowAt(int protocol) {
        return protocol < CONFIGURATION
            ? List.of(Step.CONNECTED, Step.LOGIN_START_HEARD, Step.LOGGED_IN)
            : List.of(Step.CONNECTED, Step.LOGIN_START_HEARD, Step.LOGGED_IN, Step.REGISTRIES_SENT);
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 340, 763, 764, 767, 777 })
    void theServerThatWasNamedLastIsTheOne(int protocol) throws IOException {
        for (Step step : slowAt(protocol)) {
            Fault slow = Fault.heldUp(step);
            try (Traveller traveller = Traveller.arrive(protocol, "falls")) {
                Visit left = traveller.heldUp(slow);
                traveller.to("south");
                traveller.isOn(south, 2);
                traveller.visit().awaitEnd();
                slow.goOn();
                left.awaitEnd();
                traveller.player().chat("still here");
                assertThat(traveller.player().count(JoinGame.class)).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 763, 767 })
    void whoWantsToStayAfterAllStays(int protocol) throws IOException {
        for (String change : List.of("server east", "lobby")) {
            Fault slow = Fault.heldUp(Step.LOGIN_START_HEARD);
            try (Traveller traveller = Traveller.arrive(protocol, "falls")) {
                Visit left = traveller.heldUp(slow);
                Lines.command(traveller.player(), change);
                Lines.awaitLine(traveller.player(), "already");
                slow.goOn();
                left.awaitEnd();
                traveller.isOn(east, 1);
            }
        }
    }

    @Test
    void whoAsksForTheSameServerAgainGoesOnToIt() throws IOException {
        Fault slow = Fault.heldUp(Step.LOGIN_START_HEARD);
        try (Traveller traveller = Traveller.arrive(767, "falls")) {
            Visit first = traveller.heldUp(slow);
            traveller.to("west");
            traveller.player().chat("hurry up");
            slow.goOn();
            traveller.isOn(west, 2);
            assertThat(west.awaitVisit(traveller.name())).isSameAs(first);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 340, 763, 764, 767, 777 })
    void whoQuitsOnTheWayIsGoneFromBothServers(int protocol) throws IOException {
        for (Step step : slowAt(protocol)) {
            Fault slow = Fault.heldUp(step);
            try (Traveller traveller = Traveller.arrive(protocol, "falls")) {
                Visit target = traveller.heldUp(slow);
                traveller.player().quit();
                traveller.visit().awaitEnd();
                slow.goOn();
                target.awaitEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 764, 767, 777 })
    void whoQuitsBetweenTwoWorldsIsGoneFromBothServers(int protocol) throws IOException {
        for (Class<? extends Packet> kind : List.of(StartConfiguration.class, FinishConfiguration.class)) {
            try (Traveller traveller = Traveller.arrive(protocol, "falls")) {
                traveller.player().link().stopAt(kind);
                traveller.to("west");
                traveller.player().link().awaitStop();
                Visit target = west.awaitVisit(traveller.name());
                traveller.player().quit();
                traveller.visit().awaitEnd();
                target.awaitEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 766, 767, 777 })
    void whoQuitsWhileTheServerStillConfiguresIsGoneFromBothServers(int protocol) throws IOException {
        Fault slow = Fault.heldUp(Step.PACKS_HEARD);
        try (Traveller traveller = Traveller.arrive(protocol, "falls")) {
            Visit target = traveller.heldUp(slow);
            traveller.player().await(StartConfiguration.class, _ -> true);
            traveller.player().quit();
            traveller.visit().awaitEnd();
            slow.goOn();
            target.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 340, 763, 764, 767, 777 })
    void whoseServerDiesOnTheWayGetsToTheOtherOne(int protocol) throws IOException {
        for (String network : List.of("falls", "waits")) {
            for (Step step : slowAt(protocol)) {
                Fault slow = Fault.heldUp(step);
                try (Traveller traveller = Traveller.arrive(protocol, network)) {
                    Visit target = traveller.heldUp(slow);
                    traveller.visit().close();
                    slow.goOn();
                    traveller.player().chatUntilHeard("safe");
                    // What was begun goes on: the target sees one login.
                    assertThat(west.awaitVisit(traveller.name())).isSameAs(target);
                    assertThat(target.hasEnded()).isFalse();
                    assertThat(east.awaitVisit(traveller.name())).isSameAs(traveller.visit());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 340, 767 })
    void whoseServerStandsStillOnTheWayGetsToTheOtherOne(int protocol) throws IOException {
        Fault slow = Fault.heldUp(Step.LOGIN_START_HEARD);
        try (Traveller traveller = Traveller.arrive(protocol, "falls")) {
            Visit target = traveller.heldUp(slow);
            traveller.standStill();
            traveller.visit().awaitEnd();
            slow.goOn();
            traveller.isOn(west, 2);
            assertThat(west.awaitVisit(traveller.name())).isSameAs(target);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 340, 767 })
    void whoDoesNotWantToWaitForAServerThatStandsStillIsTakenElsewhere(int protocol) throws IOException {
        try (Traveller traveller = Traveller.arrive(protocol, "waits")) {
            traveller.standStill();
            traveller.to("west");
            Lines.awaitLine(traveller.player(), "west");
            traveller.visit().speakAgain();
            traveller.isOn(west, 2);
            traveller.visit().awaitEnd();
        }
    }

    @Test
    void whoseNextServerDiesBetweenTwoWorldsWaitsForIt() throws IOException {
        List<Traveller> travellers = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        try {
            for (int protocol : List.of(764, 765, 767, 772, 776, 777)) {
                for (Class<? extends Packet> kind : List.of(StartConfiguration.class, FinishConfiguration.class)) {
                    Traveller traveller = Traveller.arrive(protocol, "waits");
                    travellers.add(traveller);
                    traveller.player().link().stopAt(kind);
                    traveller.to("west");
                    traveller.player().link().awaitStop();
                    west.awaitVisit(traveller.name());
                }
                if (protocol >= KNOWN_PACKS) {
                    Traveller traveller = Traveller.arrive(protocol, "waits");
                    travellers.add(traveller);
                    Fault slow = Fault.heldUp(Step.PACKS_HEARD);
                    faults.add(slow);
                    traveller.heldUp(slow);
                    traveller.player().await(StartConfiguration.class, _ -> true);
                }
            }
            int port = west.port();
            west.close();
            faults.forEach(Fault::goOn);
            for (Traveller traveller : travellers) {
                traveller.player().link().goOn();
                // The void world of the waiting room.
                Lines.awaitWorlds(traveller.player(), 2);
            }
            NightporterProcess.pause(Duration.ofSeconds(1));
            west = WireServer.start(port, 256, null, false);
            prepareWest();
            for (Traveller traveller : travellers) {
                traveller.player().chatUntilHeard("at last");
                traveller.isOn(west, 3);
            }
        } finally {
            travellers.forEach(Traveller::close);
        }
    }
}
