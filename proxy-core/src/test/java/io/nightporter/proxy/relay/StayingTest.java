package io.nightporter.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.BossBar;
import io.nightporter.protocol.packet.BundleDelimiter;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ChatAck;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.ClearTitles;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.LastSeenMessages;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PlayerInfoRemove;
import io.nightporter.protocol.packet.PlayerInfoUpdate;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.ResourcePackPop;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.ResourcePackStatus;
import io.nightporter.protocol.packet.Respawn;
import io.nightporter.protocol.packet.ScoreboardObjective;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.packet.TabListHeaderFooter;
import io.nightporter.protocol.packet.Team;
import io.nightporter.protocol.packet.TeleportConfirm;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import io.nightporter.protocol.voidworld.VoidWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the relay does for players who stay when their server goes, and who come from another one. */
class StayingTest {

    private static final int MC_1_12_2 = 340;
    private static final int MC_1_20_1 = 763;
    private static final int MC_1_21_8 = 772;
    private static final UUID BAR = new UUID(1, 1);
    private static final UUID FRIEND = new UUID(2, 2);

    private final List<RelayRig> rigs = new ArrayList<>();

    @AfterEach
    void close() {
        rigs.forEach(RelayRig::close);
    }

    private RelayRig rig(int protocol, Entrance entrance) {
        RelayRig rig = RelayRig.staying(protocol, entrance);
        rigs.add(rig);
        return rig;
    }

    private static JoinGame joinGame(int protocol) {
        var version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        return VoidWorld.of(version).joinGame(false, List.of());
    }

    private static SystemChat line(String words) {
        return new SystemChat(Text.plain(words), false);
    }

    @Test
    void aServerThatHangsUpLosesNoPlayer() {
        RelayRig rig = rig(MC_1_20_1, Entrance.FRESH);
        rig.server().says(line("a"));
        rig.server().hangsUp();
        assertThat(rig.ties().lostServer()).isEqualTo("closed");
        assertThat(rig.player().open()).isTrue();
        assertThat(rig.player().packets(State.PLAY)).containsExactly(line("a"));
    }

    @Test
    void aServerThatSaysThatItRestartsLosesNoPlayerAndIsNotHeardToSayIt() {
        RelayRig rig = rig(MC_1_20_1, Entrance.FRESH);
        rig.server().says(line("a"));
        rig.server().says(new Disconnect(Text.plain("We restart.")));
        assertThat(rig.ties().lostServer()).isEqualTo("said_goodbye");
        assertThat(rig.player().packets(State.PLAY)).containsExactly(line("a"));
        assertThat(rig.server().open()).isFalse();
    }

    @Test
    void anyOtherGoodbyeIsForThePlayer() {
        RelayRig rig = rig(MC_1_20_1, Entrance.FRESH);
        Disconnect kick = new Disconnect(Text.plain("No swearing."));
        rig.server().says(kick);
        rig.server().hangsUp();
        assertThat(rig.ties().lostServer()).isNull();
        assertThat(rig.player().packets(State.PLAY)).containsExactly(kick);
    }

    @Test
    void aServerThatSendsNonsenseLosesNoPlayer() {
        RelayRig rig = rig(MC_1_20_1, Entrance.FRESH);
        rig.server().says(Unpooled.wrappedBuffer(new byte[] { 0, 0, 0, 0 }));
        assertThat(rig.ties().lostServer()).isEqualTo("frame_empty");
        assertThat(rig.player().open()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { MC_1_12_2, MC_1_20_1, MC_1_21_8 })
    void whoIsInAWorldAlreadyEntersTheNextOneAsAfterADeath(int protocol) {
        RelayRig rig = rig(protocol, Entrance.OVER);
        JoinGame game = joinGame(protocol);
        rig.server().says(game);
        List<Packet> heard = rig.player().packets(State.PLAY);
        assertThat(heard).hasSize(2);
        JoinGame joined = (JoinGame) heard.get(0);
        Respawn respawned = (Respawn) heard.get(1);
        assertThat(joined.entityId()).isEqualTo(game.entityId());
        assertThat(respawned.spawn().dimension()).isEqualTo(game.spawn().dimension());
        // Before 1.16 by way of another dimension, without which the client would keep its old world.
        assertThat(joined.spawn().dimension().equals(respawned.spawn().dimension())).isEqualTo(protocol > MC_1_12_2);
    }

    @Test
    void nothingThatThePlayerDoesInTheOldWorldReachesTheNewServer() {
        RelayRig rig = rig(MC_1_20_1, Entrance.OVER);
        var moves = Unpooled.buffer();
        rig.player().frame(new byte[] { 0x2F, 0 }, moves);
        rig.player().says(moves.copy());
        assertThat(rig.server().payloadCount()).isZero();
        ClientSettings settings = new ClientSettings("de_de", 8, 0, true, 0, true, 127, 1, false, true, 0);
        rig.player().says(settings);
        assertThat(rig.server().packets(State.PLAY)).containsExactly(settings);
        rig.server().says(joinGame(MC_1_20_1));
        rig.player().says(moves);
        assertThat(rig.server().payloadCount()).isEqualTo(1);
    }

    @Test
    void whatThePlayerCountedAndWroteInTheOldWorldIsNotTakenForTheNewOne() {
        RelayRig rig = rig(MC_1_20_1, Entrance.OVER);
        rig.server().says(joinGame(MC_1_20_1));
        LastSeenMessages seen = new LastSeenMessages(
            List.of(),
            Optional.empty(),
            4,
            Bytes.of((byte) 1, (byte) 0, (byte) 0),
            0
        );
        rig.player().says(new ChatAck(3, List.of(), Optional.empty()));
        rig.player().says(new ChatMessage("a", 1, 2, Optional.empty(), false, seen));
        rig.player().says(new ChatMessage("signed", 1, 2, Optional.of(Bytes.of(new byte[256])), false, seen));
        assertThat(rig.server().payloadCount()).isZero();
        rig.server().says(PlayerPosition.at(8, 64, 8, 0, 0, 7));
        TeleportConfirm confirmed = new TeleportConfirm(7, 0, 0, 0, 0, 0);
        rig.player().says(confirmed);
        ChatAck counted = new ChatAck(2, List.of(), Optional.empty());
        rig.player().says(counted);
        List<Packet> heard = rig.server().packets(State.PLAY);
        assertThat(heard).hasSize(3).contains(confirmed).last().isEqualTo(counted);
        assertThat(heard)
            .filteredOn(ChatMessage.class::isInstance)
            .map(line -> ((ChatMessage) line).lastSeen())
            .containsExactly(LastSeenMessages.NONE);
    }

    @Test
    void whatAServerPutOnTheScreenIsTakenDownAgain() {
        RelayRig rig = rig(MC_1_21_8, Entrance.FRESH);
        rig.server().says(joinGame(MC_1_21_8));
        var style = new BossBar.Style(0, 0);
        rig.server().says(new BossBar(BAR, new BossBar.Add(Text.plain("Dragon"), 1, style, 0)));
        rig.server().says(new BossBar(FRIEND, new BossBar.Add(Text.plain("Gone before"), 1, style, 0)));
        rig.server().says(new BossBar(FRIEND, new BossBar.Remove()));
        rig.server().says(PlayerInfoUpdate.add(FRIEND, "Friend", List.of(), 0));
        rig.server().says(new TabListHeaderFooter(Text.plain("Top"), Text.plain("")));
        rig.server().says(new Team("red", Team.REMOVE, Bytes.EMPTY));
        rig.server().says(ScoreboardObjective.remove("never there"));
        rig.server().says(new BundleDelimiter());
        rig.player().payloads();

        rig.traces().clear(rig.playerWire());
        rig.playerWire().flush();
        assertThat(rig.player().packets(State.PLAY)).containsExactly(
            new BundleDelimiter(),
            new BossBar(BAR, new BossBar.Remove()),
            new PlayerInfoRemove(List.of(FRIEND)),
            new TabListHeaderFooter(Text.plain(""), Text.plain("")),
            new ClearTitles(true)
        );
        rig.traces().clear(rig.playerWire());
        rig.playerWire().flush();
        assertThat(rig.player().packets(State.PLAY)).containsExactly(new ClearTitles(true));
    }

    @Test
    void aSilentServerStallsOnceItHasNotAnsweredAQuestion() {
        RelayRig rig = rig(MC_1_20_1, Entrance.FRESH);
        rig.server().says(joinGame(MC_1_20_1));
        rig.server().says(PlayerPosition.at(0, 64, 0, 0, 0, 1));
        rig.server().payloads();
        long now = System.nanoTime();
        int seconds = 0;
        while (!rig.relay().secondPassed(now, 9) && seconds < 100) {
            seconds++;
        }
        assertThat(seconds).isEqualTo(9);
        assertThat(rig.relay().isStalled()).isTrue();
        assertThat(rig.server().payloadCount()).as("the question").isEqualTo(1);
    }

    @Test
    void aServerThatAnswersTheQuestionHasNotStalled() throws Exception {
        RelayRig rig = rig(MC_1_21_8, Entrance.FRESH);
        rig.server().says(joinGame(MC_1_21_8));
        rig.server().says(PlayerPosition.at(0, 64, 0, 0, 0, 1));
        rig.server().payloads();
        long now = System.nanoTime() + TimeUnit.DAYS.toNanos(-1);
        for (int second = 0; second < 100; second++) {
            assertThat(rig.relay().secondPassed(now, 9)).as("second %d", second).isFalse();
            if (rig.server().payloadCount() > 0) {
                rig.server().says(line("still here"));
            }
        }
    }

    private static ResourcePackPush offer(UUID id, String hash) {
        return new ResourcePackPush(id, "http://packs.test/one.zip", hash, false, Optional.empty());
    }

    @Test
    void aPackThatTheClientHasInUseIsNotOfferedAgainByTheNextServer() {
        RelayRig rig = rig(MC_1_21_8, Entrance.FRESH);
        ResourcePackPush pack = offer(BAR, "a".repeat(40));
        rig.server().says(pack);
        assertThat(rig.player().packets(State.PLAY)).containsExactly(pack);
        rig.player().says(new ResourcePackStatus(BAR, "", ResourcePackStatus.LOADED));
        rig.server().payloads();

        rig.traces().leavePacks();
        rig.server().says(pack);
        assertThat(rig.player().packets(State.PLAY)).isEmpty();
        assertThat(rig.server().packets(State.PLAY))
            .extracting(answer -> ((ResourcePackStatus) answer).result())
            .containsExactly(ResourcePackStatus.ACCEPTED, ResourcePackStatus.DOWNLOADED, ResourcePackStatus.LOADED);

        rig.traces().dropPacksOfOthers(rig.playerWire());
        rig.playerWire().flush();
        assertThat(rig.player().packets(State.PLAY)).as("packs that are taken away").isEmpty();
    }

    @Test
    void aPackThatTheNextServerDoesNotUseIsTakenAway() {
        RelayRig rig = rig(MC_1_21_8, Entrance.FRESH);
        rig.server().says(offer(BAR, "a".repeat(40)));
        rig.player().says(new ResourcePackStatus(BAR, "", ResourcePackStatus.LOADED));
        rig.traces().leavePacks();
        ResourcePackPush changed = offer(FRIEND, "b".repeat(40));
        rig.server().says(changed);
        rig.player().packets(State.PLAY);
        rig.traces().dropPacksOfOthers(rig.playerWire());
        rig.playerWire().flush();
        assertThat(rig.player().packets(State.PLAY)).containsExactly(new ResourcePackPop(Optional.of(BAR)));
    }

    @Test
    void aPackThatTheClientRefusedOrThatHasChangedIsOfferedAgain() {
        RelayRig rig = rig(MC_1_21_8, Entrance.FRESH);
        rig.server().says(offer(BAR, "a".repeat(40)));
        rig.player().says(new ResourcePackStatus(BAR, "", 1));
        rig.server().says(offer(FRIEND, "a".repeat(40)));
        rig.player().says(new ResourcePackStatus(FRIEND, "", ResourcePackStatus.LOADED));
        rig.player().packets(State.PLAY);
        rig.traces().leavePacks();
        rig.server().says(offer(BAR, "a".repeat(40)));
        rig.server().says(offer(FRIEND, "b".repeat(40)));
        assertThat(rig.player().packets(State.PLAY)).containsExactly(
            offer(BAR, "a".repeat(40)),
            offer(FRIEND, "b".repeat(40))
        );
    }
}
