package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.Fault;
import io.nightporter.e2e.wire.Fault.Manner;
import io.nightporter.e2e.wire.Fault.Step;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.ProtocolVersions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who is sent away reads why and goes; who loses the server, although it says goodbye, stays. At every time. */
@Timeout(90)
class GoodbyesIT {

    private static final List<Step> TIMES = List.of(Step.LOGIN_START_HEARD, Step.REGISTRIES_SENT, Step.IN_THE_WORLD);
    private static final List<Text> MEANT = List.of(
        Text.plain("You are banned from this server.\nReason: griefing"),
        Text.plain("You are not whitelisted on this server!"),
        Text.plain("The plugin says no"),
        Text.ofJson("{\"translate\":\"multiplayer.disconnect.idling\"}")
    );
    private static final List<Text> NOT_MEANT = List.of(
        Text.plain("Server closed"),
        Text.plain("The server is restarting"),
        Text.plain("Server is still starting! Please wait"),
        Text.plain("Timed out"),
        Text.ofJson("{\"translate\":\"multiplayer.disconnect.server_shutdown\"}")
    );

    private static final List<String> CLIENTS = List.of("1.8.8", "1.12.2", "1.16.5", "1.19.4", "1.20.4", "1.21.8");

    private static final Map<String, Fault> ONCE = new ConcurrentHashMap<>();
    private static final Map<String, Fault> ALWAYS = new ConcurrentHashMap<>();
    private static WireServer server;
    private static NightporterProcess nightporter;

    @BeforeAll
    static void start() {
        server = WireServer.start(256, null);
        server.fail(GoodbyesIT::faultFor);
        server.hideChunks();
        String config = """
        proxy: { listen: "127.0.0.1:{PORT}", onlineMode: false }
        admin: { listen: "127.0.0.1:{ADMIN}" }
        fleet:
          servers:
            talkative: { hosts: ["*.bye.test"], address: "127.0.0.1:%d" }
        """.formatted(server.port());
        nightporter = NightporterProcess.start("goodbyes", config);
    }

    @AfterAll
    static void end() {
        nightporter.close();
        server.close();
    }

    private static @Nullable Fault faultFor(Handshake handshake) {
        String player = handshake.address().split("\\.", 2)[0];
        return handshake.intent() == Handshake.STATUS || ALWAYS.containsKey(player)
            ? ALWAYS.get(player)
            : ONCE.remove(player);
    }

    /** One player to whom the server says goodbye. */
    private interface Scene {
        void play(WirePlayer player, Text goodbye) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 340, 754, 763, 764, 767, 772, 775, 777 })
    void whoIsSentAwayReadsWhy(int protocol) throws Exception {
        play(protocol, "k", MEANT, ALWAYS, (player, goodbye) -> {
            String words = goodbye.words().isEmpty() ? "multiplayer.disconnect.idling" : goodbye.words();
            assertThat(player.awaitEnd()).startsWith("kicked: ").contains(words);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 340, 754, 763, 764, 767, 772, 775, 777 })
    void whoLosesTheServerWaitsForIt(int protocol) throws Exception {
        play(protocol, "w", NOT_MEANT, ONCE, (player, _) -> player.chatUntilHeard("still here"));
    }

    /** The same with node-minecraft-protocol, all at once. */
    @Test
    void otherPeoplesClientsReadTheServersWords() {
        Map<String, Text> words = new LinkedHashMap<>();
        List<Guests.Guest> guests = new ArrayList<>();
        for (GameVersion version : GameVersion.ALL) {
            for (Step at : CLIENTS.contains(version.name()) ? TIMES : List.<Step>of()) {
                for (Text goodbye : at.existsIn(version.protocol()) ? MEANT : List.<Text>of()) {
                    String player = "c%d_%d".formatted(version.protocol(), words.size());
                    words.put(player, goodbye);
                    ALWAYS.put(player, new Fault(at, Manner.GOODBYE, goodbye));
                    guests.add(new Guests.Guest(version.name(), player + ".bye.test", player));
                }
            }
        }
        List<String> failures = new ArrayList<>();
        try (Guests all = Guests.invite("goodbyes", nightporter.port(), guests, 1, 20)) {
            for (JsonNode fate : all.fates()) {
                Text goodbye = Objects.requireNonNull(words.remove(fate.path("player").asString()));
                String expected = goodbye.words().isEmpty() ? "multiplayer.disconnect.idling" : goodbye.words();
                if (
                    !fate
                        .path("how")
                        .asString("")
                        .equals("kicked: " + expected)
                ) {
                    failures.add(expected + ": " + fate);
                }
            }
        }
        assertThat(failures).as("failures of %d", guests.size()).isEmpty();
        assertThat(words).as("who has told nothing").isEmpty();
    }

    private static void play(int protocol, String kind, List<Text> goodbyes, Map<String, Fault> faults, Scene scene)
        throws Exception {
        List<Future<?>> scenes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Step at : TIMES) {
                for (Text goodbye : goodbyes) {
                    if (at.existsIn(protocol)) {
                        String name = kind + protocol + "_" + scenes.size();
                        faults.put(name, new Fault(at, Manner.GOODBYE, goodbye));
                        scenes.add(
                            threads.submit(() -> {
                                play(protocol, name, player -> scene.play(player, goodbye));
                                return null;
                            })
                        );
                    }
                }
            }
        }
        for (Future<?> one : scenes) {
            one.get();
        }
    }

    /** What somebody does with a player. */
    private interface Act {
        void with(WirePlayer player) throws Exception;
    }

    private static void play(int protocol, String name, Act act) throws Exception {
        var version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        try (WirePlayer player = WirePlayer.connect(nightporter.port(), version, name + ".bye.test", name)) {
            act.with(player);
        } catch (AssertionError e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }
}
