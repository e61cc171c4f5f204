package io.nightporter.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ConfigurationAck;
import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.SpawnInfo;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.packet.TeleportConfirm;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final int MC_26_2 = 776;
    private static final int MC_1_21_11 = 774;
    private static final int MC_1_20_1 = 763;

    private final List<RelayRig> rigs = new ArrayList<>();

    private RelayRig rig(int protocol, State state, int serverThreshold, int playerThreshold) {
        RelayRig rig = new RelayRig(protocol, state, serverThreshold, playerThreshold, false);
        rigs.add(rig);
        return rig;
    }

    @AfterEach
    void hangUp() {
        rigs.forEach(RelayRig::close);
    }

    @Property(tries = 150)
    void packetsArriveAsTheyWereSentHoweverTheStreamIsCutAndHoweverEachSideCompresses(
        @ForAll long seed,
        @ForAll @IntRange(min = -1, max = 300) int serverThreshold,
        @ForAll @IntRange(min = -1, max = 300) int playerThreshold
    ) {
        Random random = new Random(seed);
        try (RelayRig rig = new RelayRig(MC_1_20_1, State.PLAY, serverThreshold, playerThreshold, false)) {
            List<byte[]> sent = new ArrayList<>();
            ByteBuf stream = Unpooled.buffer();
            for (int i = 0; i < 20; i++) {
                // an id that interests nobody, and any bytes behind it
                byte[] payload = new byte[2 + random.nextInt(random.nextBoolean() ? 40 : 3000)];
                if (random.nextBoolean()) {
                    random.nextBytes(payload);
                }
                payload[0] = 0x00;
                sent.add(payload);
                rig.server().frame(payload, stream);
            }
            while (stream.isReadable()) {
                rig.server().says(stream.readBytes(Math.min(stream.readableBytes(), 1 + random.nextInt(2000))));
            }
            assertThat(rig.player().payloads()).containsExactlyElementsOf(sent);
        }
    }

    @Property(tries = 50)
    void framesOfConnectionsThatCompressAlikePassBitForBit(
        @ForAll long seed,
        @ForAll @IntRange(min = -1, max = 100) int threshold
    ) {
        Random random = new Random(seed);
        try (RelayRig rig = new RelayRig(MC_1_20_1, State.PLAY, threshold, threshold, false)) {
            ByteBuf stream = Unpooled.buffer();
            for (int i = 0; i < 10; i++) {
                byte[] payload = new byte[2 + random.nextInt(400)];
                rig.server().frame(payload, stream);
            }
            byte[] bytes = ByteBufUtil.getBytes(stream);
            rig.server().says(stream);
            assertThat(rig.player().rawBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void anAnswerToAKeepAliveReachesTheServerThatAskedAndNothingElseDoes() {
        RelayRig rig = rig(MC_1_21_11, State.PLAY, 256, 256);
        rig.player().says(new KeepAlive(1));
        assertThat(rig.server().packets(State.PLAY)).as("nobody asked").isEmpty();

        rig.server().says(new KeepAlive(42));
        assertThat(rig.player().packets(State.PLAY)).containsExactly(new KeepAlive(42));
        rig.player().says(new KeepAlive(41));
        rig.player().says(new KeepAlive(42));
        rig.player().says(new KeepAlive(42));
        assertThat(rig.server().packets(State.PLAY))
            .as("once, and with the right id")
            .containsExactly(new KeepAlive(42));
    }

    @Test
    void theServersBrandGetsOursAddedAndOtherPluginMessagesPass() {
        for (int protocol : new int[] { 47, 340, 393, MC_1_21_11, MC_26_2 }) {
            RelayRig rig = rig(protocol, State.PLAY, -1, -1);
            String channel = protocol < 393 ? "MC|Brand" : "minecraft:brand";
            PluginMessage other = new PluginMessage("some:channel", Bytes.utf8("hello"));
            rig.server().says(new PluginMessage(channel, string("Paper")));
            rig.server().says(other);
            assertThat(rig.player().packets(State.PLAY)).containsExactly(
                new PluginMessage(channel, string("Paper (Nightporter)")),
                other
            );
        }
    }

    @Test
    void aBrandWithoutALengthAsServersOf17SendItGetsOursToo() {
        RelayRig rig = rig(5, State.PLAY, -1, -1);
        rig.server().says(new PluginMessage("MC|Brand", Bytes.utf8("vanilla")));
        assertThat(rig.player().packets(State.PLAY)).containsExactly(
            new PluginMessage("MC|Brand", Bytes.utf8("vanilla (Nightporter)"))
        );
    }

    @Test
    void since262ThePlayerIsToldWhetherThisConnectionWasAuthenticated() {
        RelayRig offline = rig(MC_26_2, State.PLAY, 256, 256);
        offline.server().says(joinGame(true));
        assertThat(offline.player().packets(State.PLAY)).containsExactly(joinGame(false));

        RelayRig online = new RelayRig(MC_26_2, State.PLAY, 256, 256, true);
        rigs.add(online);
        online.server().says(joinGame(false));
        assertThat(online.player().packets(State.PLAY)).containsExactly(joinGame(true));
    }

    @Test
    void bothDirectionsChangeBetweenConfigurationAndPlayWhenTheirOwnPacketsSaySo() {
        RelayRig rig = rig(MC_1_21_11, State.CONFIGURATION, -1, -1);
        rig.server().says(new FinishConfiguration());
        rig.server().inState(State.PLAY);
        rig.server().says(new SystemChat(Text.plain("welcome"), false));
        rig.player().says(new FinishConfigurationAck());
        rig.player().inState(State.PLAY);
        rig.player().says(new TeleportConfirm(1, 0, 0, 0, 0, 0));
        rig.server().says(new StartConfiguration());
        rig.server().inState(State.CONFIGURATION);
        rig.player().says(new TeleportConfirm(2, 0, 0, 0, 0, 0));
        rig.player().says(new ConfigurationAck());
        rig.player().inState(State.CONFIGURATION);
        // a packet whose id means a keep-alive in configuration only
        rig.server().says(new KeepAlive(7));
        rig.player().says(new KeepAlive(8));
        rig.player().says(new KeepAlive(7));

        assertThat(rig.player().payloadCount()).isEqualTo(4);
        assertThat(rig.server().payloadCount()).as("the keep-alive that nobody asked for was taken out").isEqualTo(5);
    }

    @Test
    void aKickByTheServerReachesThePlayerWithItsReason() {
        RelayRig rig = rig(MC_1_21_11, State.PLAY, 256, 256);
        Disconnect kick = new Disconnect(Text.plain("You are banned."));
        rig.server().says(kick);
        rig.server().hangsUp();
        assertThat(rig.player().packets(State.PLAY)).containsExactly(kick);
        rig.player().hangsUp();
        assertThat(rig.left()).isTrue();
    }

    @Test
    void aServerThatJustGoesIsExplainedToThePlayer() {
        RelayRig rig = rig(MC_1_21_11, State.PLAY, 256, 256);
        rig.server().hangsUp();
        List<Packet> last = rig.player().packets(State.PLAY);
        assertThat(last).hasSize(1).first().isInstanceOf(Disconnect.class);
        assertThat(last.getFirst().toString()).contains("survival");
    }

    @Test
    void nonsenseFromEitherSideEndsTheGameWithAMessage() {
        RelayRig broken = rig(MC_1_21_11, State.PLAY, 256, 256);
        broken.server().says(Unpooled.wrappedBuffer(new byte[] { -1, -1, -1, -1 }));
        assertThat(broken.player().packets(State.PLAY)).hasSize(1).first().isInstanceOf(Disconnect.class);

        RelayRig hostile = rig(MC_1_21_11, State.PLAY, 256, 256);
        hostile.player().says(Unpooled.wrappedBuffer(new byte[] { -1, -1, -1, -1 }));
        assertThat(hostile.player().packets(State.PLAY)).hasSize(1).first().isInstanceOf(Disconnect.class);
        assertThat(hostile.server().open()).isFalse();
        hostile.player().hangsUp();
        assertThat(hostile.left()).isTrue();
    }

    @Test
    void aStreamThatNeverEndsAtAFrameDoesNotPileUp() {
        RelayRig rig = rig(MC_1_20_1, State.PLAY, -1, -1);
        byte[] payload = new byte[1000];
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < 4000; i++) {
            rig.player().frame(payload, stream);
        }
        while (stream.isReadable()) {
            rig.player().says(stream.readBytes(Math.min(stream.readableBytes(), 701)));
            rig.server().rawBytes();
            assertThat(rig.player().kept()).isLessThan(64 * 1024);
        }
    }

    @Test
    void aPlayerWhoFloodsTheServerWithPacketsIsSentAwayBeforeTheyArrive() {
        RelayRig rig = RelayRig.limited(MC_1_20_1, 100, 0);
        rigs.add(rig);
        rig.player().says(swings(rig, 400));
        assertThat(rig.server().payloadCount()).as("what a stutter brings at once").isEqualTo(400);
        rig.player().says(swings(rig, 400));
        assertThat(rig.server().payloadCount()).isZero();
        assertThat(rig.player().packets(State.PLAY)).hasExactlyElementsOfTypes(Disconnect.class);
        rig.player().hangsUp();
        assertThat(rig.left()).isTrue();
    }

    @Test
    void aPlayerWhoSendsTooManyBytesHasToWaitAndLosesNothing() throws InterruptedException {
        RelayRig rig = RelayRig.limited(MC_1_20_1, 0, 1000);
        rigs.add(rig);
        rig.player().says(swings(rig, 1000));
        assertThat(rig.player().heard()).as("within what may come at once").isTrue();
        rig.player().says(swings(rig, 700));
        assertThat(rig.player().heard()).isFalse();
        assertThat(rig.server().payloadCount()).isEqualTo(1700);
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!rig.player().heard() && System.nanoTime() - deadline < 0) {
            Thread.sleep(10);
        }
        assertThat(rig.player().heard()).isTrue();
        rig.player().says(swings(rig, 1));
        assertThat(rig.server().payloadCount()).isEqualTo(1);
    }

    /** Frames of three bytes that interest nobody. */
    private static ByteBuf swings(RelayRig rig, int count) {
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            rig.player().frame(new byte[] { 0x2F, 0 }, stream);
        }
        return stream;
    }

    @Test
    void manyLargeFramesThatNeverEndDoNotTakeTheMemoryFromAllOthers() {
        byte[] half = new byte[1_500_000];
        half[0] = half[1] = (byte) 0xFF;
        half[2] = 0x7F;
        for (int i = 0; i < 60; i++) {
            RelayRig rig = rig(MC_1_20_1, State.PLAY, -1, -1);
            for (int at = 0; at < half.length && rig.server().open(); at += 50_000) {
                rig.server().says(Unpooled.copiedBuffer(half, at, 50_000));
            }
        }
        int held = rigs
            .stream()
            .mapToInt(rig -> rig.server().kept())
            .sum();
        assertThat(held)
            .as("bytes held for unfinished frames")
            .isBetween(32 << 20, 72 << 20);
        assertThat(rigs.getFirst().server().open()).as("who came first may go on").isTrue();
        assertThat(rigs.getLast().server().open()).isFalse();
    }

    @Test
    void aKickReachesThePlayerAlsoWhenNonsenseComesBehindIt() {
        RelayRig rig = rig(MC_1_20_1, State.PLAY, -1, -1);
        Disconnect kick = new Disconnect(Text.plain("You are banned."));
        ByteBuf breath = rig.server().framed(kick);
        breath.writeBytes(new byte[] { 0, 0, 0, 0 });
        rig.server().says(breath);
        assertThat(rig.player().packets(State.PLAY)).containsExactly(kick);
    }

    @Test
    void nothingOfTheServersComesBehindAGoodbye() {
        RelayRig rig = rig(MC_1_21_11, State.PLAY, 256, 256);
        rig.player().isToldGoodbye(Text.plain("closing time"));
        rig.server().says(new SystemChat(Text.plain("late"), false));
        assertThat(rig.player().packets(State.PLAY)).containsExactly(new Disconnect(Text.plain("closing time")));
    }

    private static Bytes string(String text) {
        ByteBuf data = Unpooled.buffer();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        VarInts.write(data, bytes.length);
        data.writeBytes(bytes);
        return Bytes.copyOf(data);
    }

    private static JoinGame joinGame(boolean onlineMode) {
        var spawn = new SpawnInfo(
            new Dimension.Numbered(0),
            "minecraft:overworld",
            1,
            0,
            SpawnInfo.NO_GAME_MODE,
            0,
            "",
            false,
            false,
            Optional.empty(),
            0,
            63
        );
        return new JoinGame(
            1,
            false,
            spawn,
            List.of("minecraft:overworld"),
            Bytes.EMPTY,
            20,
            10,
            10,
            false,
            true,
            false,
            onlineMode,
            false
        );
    }
}
