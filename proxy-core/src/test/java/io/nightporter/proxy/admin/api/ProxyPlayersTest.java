package io.nightporter.proxy.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.admin.api.PlayerDesk.Answer;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.player.Attendant;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.player.Players;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyPlayersTest {

    private static final UUID STEVE = new UUID(1, 2);

    private final Players players = new Players();
    private final ProxyPlayers desk = new ProxyPlayers(players, _ -> null);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Text> lines = new ArrayList<>();
    private Player steve;
    private boolean hasChat = true;

    @BeforeEach
    void join() {
        var wire = new Wire(channel, Direction.CLIENTBOUND);
        wire.version(Objects.requireNonNull(ProtocolVersions.builtIn().find(767)));
        wire.sendState(State.PLAY);
        channel.pipeline().addLast(wire);
        steve = new Player(
            new GameProfile(STEVE, "Steve", List.of()),
            wire,
            InetSocketAddress.createUnresolved("192.0.2.7", 4711),
            new Attachment.Waiting("survival")
        );
        players.add(steve);
    }

    @AfterEach
    void leave() {
        channel.finishAndReleaseAll();
    }

    private void inGame() {
        steve.attendedBy(
            new Attendant() {
                @Override
                public boolean say(Text line) {
                    lines.add(line);
                    return hasChat;
                }

                @Override
                public Optional<String> send(ServerSettings target) {
                    return Optional.empty();
                }
            }
        );
    }

    private Answer now(CompletableFuture<Answer> answer) {
        channel.runPendingTasks();
        assertThat(answer).isDone();
        return answer.join();
    }

    @Test
    void whoIsHereIsListed() {
        assertThat(desk.list())
            .singleElement()
            .satisfies(one -> {
                assertThat(one.name()).isEqualTo("Steve");
                assertThat(one.protocol()).isEqualTo(767);
                assertThat(one.address()).isEqualTo("192.0.2.7");
                assertThat(one.waiting()).isTrue();
                assertThat(one.server()).isEqualTo("survival");
            });
    }

    @Test
    void whoIsStillLoggingInIsInNoGame() {
        Answer answer = now(desk.message(STEVE, "hi"));
        assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused ->
            assertThat(refused.message()).contains("still logging in")
        );
    }

    @Test
    void aLineReachesTheChatIfThereIsOne() {
        inGame();
        assertThat(now(desk.message(STEVE, "<gold>hi</gold>"))).isInstanceOf(Answer.Done.class);
        assertThat(lines).hasSize(1);

        hasChat = false;
        assertThat(now(desk.message(STEVE, "hi"))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aKickIsTheLastThingThatAPlayerHears() {
        assertThat(now(desk.kick(STEVE, ""))).isInstanceOf(Answer.Done.class);
        assertThat(channel.outboundMessages()).isNotEmpty();
    }

    @Test
    void nobodyIsSentToAServerThatThereIsNone() {
        inGame();
        assertThat(now(desk.send(STEVE, "nowhere"))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void whoHasLeftIsGone() {
        players.remove(steve);
        assertThat(now(desk.message(STEVE, "hi"))).isInstanceOf(Answer.Gone.class);
        assertThat(now(desk.kick(STEVE, "hi"))).isInstanceOf(Answer.Gone.class);
    }
}
