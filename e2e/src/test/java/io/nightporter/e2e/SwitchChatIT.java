package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.e2e.wire.Visit;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ChatAck;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.packet.ChatCommandSigned;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.LastSeenMessages;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.SignedArgument;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.packet.TeleportConfirm;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chat, commands and what they say of messages seen, from server to server. Since 1.19.3 a client counts the messages
 * that it has seen since it last said so, and begins anew in each world; a server throws out whoever counts more than it
 * has sent, so each must hear all that was counted in its world, and nothing else.
 */
@Timeout(60)
class SwitchChatIT {

    private static final Bytes SIGNATURE = Bytes.of(new byte[256]);

    private static WireServer east;
    private static WireServer west;
    private static WireServer south;
    private static NightporterProcess nightporter;

    @BeforeAll
    static void start() {
        east = WireServer.start(256, null);
        west = WireServer.start(256, null);
        west.differ("test:west");
        south = WireServer.start(256, null);
        nightporter = NightporterProcess.start(
            "switch-chat",
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
                chat: { hosts: [chat.test], lobby: east, servers: [west, south], fallback: wait }
            """.formatted(east.port(), west.port(), south.port())
        );
    }

    @AfterAll
    static void end() {
        nightporter.close();
        east.close();
        west.close();
        south.close();
    }

    private static WirePlayer join(int protocol, String name) throws IOException {
        var version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        WirePlayer player = WirePlayer.connect(nightporter.port(), version, "chat.test", name);
        player.awaitJoin();
        player.chat("hello");
        return player;
    }

    private static LastSeenMessages seen(int count) {
        return new LastSeenMessages(List.of(), Optional.empty(), count, Bytes.of((byte) 0, (byte) 0, (byte) 0), 0);
    }

    /** A command of a client that has seen so many messages since it last said so. */
    private static void command(WirePlayer player, String words, int seen) throws IOException {
        player.link().send(State.PLAY, new ChatCommand(words, 1, 0, List.of(), false, seen(seen)));
    }

    private static void say(WirePlayer player, String words, int seen) throws IOException {
        player.link().send(State.PLAY, new ChatMessage(words, 1, 0, Optional.empty(), false, seen(seen)));
    }

    private static void sayAndHear(WirePlayer player, String words, int seen) throws IOException {
        say(player, words, seen);
        Lines.awaitLine(player, "echo: " + words);
    }

    /** Waits until the player stands in the world of this server. */
    private static Visit awaitArrival(WirePlayer player, WireServer server, int world) {
        Lines.awaitWorlds(player, world);
        Visit visit = server.awaitVisit(player.awaitLogin().name());
        visit.await(TeleportConfirm.class, _ -> true);
        return visit;
    }

    /** What the server was told of messages seen, in order; what told of none is left out. */
    private static List<Integer> counted(Visit visit) {
        return visit
            .received()
            .stream()
            .map(Received::packet)
            .map(SwitchChatIT::count)
            .filter(count -> count > 0)
            .toList();
    }

    private static int count(@Nullable Packet packet) {
        return switch (packet) {
            case ChatAck ack -> ack.count();
            case ChatMessage message -> message.lastSeen().offset();
            case ChatCommand command -> command.lastSeen().offset();
            case null, default -> 0;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = { 761, 762, 763, 764, 765 })
    void eachServerHearsWhatWasCountedInItsOwnWorld(int protocol) throws IOException {
        String name = "Counts" + protocol;
        try (WirePlayer player = join(protocol, name)) {
            Visit first = east.awaitVisit(name);
            sayAndHear(player, "two more", 2);
            command(player, "server", 3);
            command(player, "home", 1);
            command(player, "server nowhere", 4);
            player.link().send(State.PLAY, new ChatAck(6, List.of(), Optional.empty()));
            command(player, "server west", 5);
            Visit second = awaitArrival(player, west, 2);
            assertThat(counted(first)).containsExactly(2, 3, 1, 4, 6, 5);
            sayAndHear(player, "one in the west", 1);
            command(player, "server", 2);
            command(player, "lobby", 0);
            Visit third = awaitArrival(player, east, 3);
            assertThat(counted(second)).containsExactly(1, 2);

            sayAndHear(player, "back in the east", 7);
            third.close();
            // In the waiting room nobody counts.
            command(player, "server", 9);
            Visit fourth = awaitArrival(player, east, 4);
            sayAndHear(player, "in the east again", 1);
            command(player, "server", 8);
            sayAndHear(player, "bye", 0);
            assertThat(counted(third)).containsExactly(7);
            assertThat(counted(fourth)).containsExactly(1, 8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 759, 760, 761, 763, 764, 765, 766, 767, 777 })
    void commandsOfTheServerGoThereAsTheyAreSignedOrNot(int protocol) throws IOException {
        String name = "Signs" + protocol;
        List<SignedArgument> arguments = List.of(new SignedArgument("message", SIGNATURE));
        Packet signed =
            protocol < 766
                ? new ChatCommand("msg you hello", 5, 6, arguments, false, seen(protocol < 761 ? 0 : 1))
                : new ChatCommandSigned("msg you hello", 5, 6, arguments, seen(1));
        Packet plain = ChatCommand.unsigned("home", protocol < 766 ? 5 : 0);
        try (WirePlayer player = join(protocol, name)) {
            int world = 1;
            for (String server : List.of("west", "south", "east")) {
                Lines.command(player, "server " + server);
                Lines.awaitWorlds(player, ++world);
                player.chat("in the " + server);
                Visit visit = (server.equals("west") ? west : server.equals("south") ? south : east).awaitVisit(name);
                player.link().send(State.PLAY, signed);
                player.link().send(State.PLAY, plain);
                visit.await(signed.getClass(), signed::equals);
                visit.await(ChatCommand.class, plain::equals);
                assertThat(
                    visit
                        .received()
                        .stream()
                        .filter(
                            packet -> packet.packet() instanceof ChatCommand own && own.command().startsWith("server")
                        )
                ).isEmpty();
            }
        }
    }

    /** The client has not read yet that it is in another world; without leaving the game, as these servers are alike. */
    @ParameterizedTest
    @ValueSource(ints = { 761, 763, 764, 765, 767, 777 })
    void whatIsSaidInTheOldWorldIsHeardInTheNewOneWithoutWhatWasCounted(int protocol) throws IOException {
        String name = "Over" + protocol;
        try (WirePlayer player = join(protocol, name)) {
            player.link().stopAt(JoinGame.class);
            Lines.command(player, "server south");
            player.link().awaitStop();
            Visit visit = south.awaitVisit(name);
            player.link().send(State.PLAY, new ChatAck(9, List.of(), Optional.empty()));
            say(player, "where am I", 4);
            command(player, "home", protocol < 766 ? 3 : 0);
            command(player, "server", protocol < 766 ? 5 : 0);
            say(player, "is anybody there", 0);
            NightporterProcess.pause(Duration.ofMillis(200));
            player.link().goOn();
            Lines.awaitLine(player, "echo: is anybody there");
            sayAndHear(player, "now I see", 1);
            assertThat(said(visit)).containsExactly("where am I", "is anybody there", "now I see");
            assertThat(counted(visit)).containsExactly(1);
        }
    }

    /** The client has left the game already, and has not read it yet. */
    @ParameterizedTest
    @ValueSource(ints = { 764, 765, 767, 777 })
    void whatIsSaidOnTheWayOutOfTheGameIsHeardInTheNextOne(int protocol) throws IOException {
        String name = "Across" + protocol;
        try (WirePlayer player = join(protocol, name)) {
            player.link().stopAt(StartConfiguration.class);
            Lines.command(player, "server west");
            player.link().awaitStop();
            for (int i = 0; i < 20; i++) {
                say(player, "line " + i, 1);
            }
            player.link().goOn();
            Lines.awaitLine(player, "echo: line 7");
            sayAndHear(player, "and so on", 0);
            List<String> lines = IntStream.range(0, 8)
                .mapToObj(i -> "line " + i)
                .toList();
            Visit visit = west.awaitVisit(name);
            assertThat(said(visit))
                .startsWith(lines.toArray(String[]::new))
                .last()
                .isEqualTo("and so on");
            assertThat(said(visit)).hasSize(9);
            assertThat(counted(visit)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 761, 763, 765, 767, 777 })
    void aServerThatStoodStillHearsWhatWasCountedMeanwhile(int protocol) throws IOException {
        String name = "Stalls" + protocol;
        try (WirePlayer player = join(protocol, name)) {
            Visit visit = east.awaitVisit(name);
            sayAndHear(player, "well", 2);
            visit.fallSilent();
            awaitLog("server stalled player=" + name);
            say(player, "is anybody there", 3);
            player.link().send(State.PLAY, new ChatAck(70, List.of(), Optional.empty()));
            command(player, "server", protocol < 766 ? 4 : 0);
            visit.speakAgain();
            awaitLog("server speaks again player=" + name);
            sayAndHear(player, "well again", 1);
            List<Integer> counted = protocol < 766 ? List.of(2, 3, 70, 4, 1) : List.of(2, 3, 70, 1);
            assertThat(counted(visit)).isEqualTo(counted);
            assertThat(said(visit)).containsExactly("hello", "well", "well again");
        }
    }

    private static void awaitLog(String words) {
        nightporter.child().awaitLine(words, line -> line.contains(words), Duration.ofSeconds(20));
    }

    private static List<String> said(Visit visit) {
        return visit
            .received()
            .stream()
            .map(Received::packet)
            .filter(ChatMessage.class::isInstance)
            .map(packet -> ((ChatMessage) Objects.requireNonNull(packet)).message())
            .toList();
    }
}
