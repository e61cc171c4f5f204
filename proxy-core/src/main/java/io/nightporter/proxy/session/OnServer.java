package io.nightporter.proxy.session;

import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.config.KickRules;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.relay.Relay;
import io.nightporter.proxy.relay.Ties;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.waitingroom.Reason;
import io.nightporter.proxy.waitingroom.WaitingRoom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A player's stay on a server: what becomes of the player when the server goes, and what the player says to the proxy. */
final class OnServer extends Supervision implements Ties {

    private static final Logger log = LoggerFactory.getLogger(OnServer.class);
    /** Whoever waited for less than this is not greeted like somebody who waited. */
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    /** What the server's goodbye told of it. */
    private Reason lostBecause = Reason.LOST;

    OnServer(Session session) {
        super(session);
    }

    @Override
    public boolean keeps(Text goodbye) {
        ServerSettings server = session.generation().configuration().servers().get(session.server());
        KickRules.Verdict verdict = server == null ? KickRules.Verdict.KICK : server.kicks().verdict(goodbye);
        lostBecause = verdict.waits() ? Reason.of(verdict) : Reason.LOST;
        return verdict.waits() && !session.context().isStopping();
    }

    @Override
    public void serverGone(String how) {
        Relay gone = session.relay();
        Reason reason = lostBecause;
        lostBecause = Reason.LOST;
        ServerSettings server = session.generation().configuration().servers().get(session.server());
        if (gone == null || server == null || session.context().isStopping()) {
            session.dismiss(
                session.context().isStopping() ? Messages.proxyStopping() : Messages.serverClosed(session.server())
            );
            return;
        }
        session.detach();
        if (session.room() != null) {
            // It had stalled before: the player is in the room already.
            retryAfterStall(server, reason);
            return;
        }
        waitElsewhere(server, reason);
        boolean seesWorld =
            gone.clientbound() == State.PLAY && gone.serverbound() == State.PLAY && session.traces().placed();
        WaitingRoom next = session.enter(gone.serverbound());
        if (seesWorld || (session.client().negotiatesContent() && session.inPlay() && session.traces().inWorld())) {
            next.freeze();
        } else {
            next.enterWorld();
        }
    }

    /** For where the player is going anyway, or for a lobby, or for the server itself. */
    private void waitElsewhere(ServerSettings server, Reason reason) {
        ServerSettings booked = session.booking().target();
        session.booking().cancel();
        ServerSettings target = session.passage().target() == null ? booked : session.passage().target();
        if (target != null) {
            session.wishes().make(target, Reason.STARTING, "", 0);
            session.player().attachment(new Attachment.Waiting(target.name()));
            return;
        }
        ServerSettings lobby = refuge(server);
        session.wishFor(lobby == null ? server : lobby, reason, lobby == null ? "" : server.name());
        if (lobby != null) {
            session.wishes().anyLobbyWillDo();
        }
        session.player().attachment(new Attachment.Waiting(lobby == null ? server.name() : lobby.name()));
    }

    private void retryAfterStall(ServerSettings server, Reason reason) {
        session.wishFor(server, reason, "");
        session.player().attachment(new Attachment.Waiting(server.name()));
        session.showWish();
    }

    /** The lobby to which players of this server go when it is away; null if they wait. */
    private @Nullable ServerSettings refuge(ServerSettings server) {
        NetworkSettings network = session.network();
        if (network == null || network.fallback() != NetworkSettings.Fallback.LOBBY) {
            return null;
        }
        return new Lobbies(session.context().addresses())
            .order(network, session.wire().version().number())
            .stream()
            .filter(lobby -> !lobby.name().equals(server.name()))
            .findFirst()
            .orElse(null);
    }

    @Override
    public void serverSpeaks() {
        Relay stalled = session.relay();
        if (stalled != null && session.room() != null) {
            Wish ended = session.wishes().current();
            if (ended != null) {
                session.recordWait(ended);
            }
            log.info("server speaks again player={} server={}", session.name(), session.server());
            session.forgetWish();
            session.leaveRoom();
            stalled.resume();
        }
    }

    @Override
    public void joined() {
        Wish fulfilled = session.wishes().current();
        if (session.relay() != null) {
            session.passage().joined(session.relay().backend());
        }
        if (fulfilled != null) {
            session.recordWait(fulfilled);
            session.wishes().forget();
            boolean waited = System.nanoTime() - fulfilled.since() > A_WHILE.toNanos();
            if (!fulfilled.lost().isEmpty()) {
                session.context().metrics().fellBack(fulfilled.lost());
                session
                    .loop()
                    .execute(() -> session.say(Messages.fellBackToLobby(fulfilled.lost(), fulfilled.server().name())));
            } else if (waited) {
                session.loop().execute(() -> session.say(Messages.welcomeBack(fulfilled.server().name())));
            }
        }
    }

    @Override
    public boolean command(Packet packet) {
        return session.commands().take(packet);
    }

    @Override
    public boolean complete(TabComplete request) {
        return session.commands().complete(request);
    }

    @Override
    public DeclareCommands withOwnCommands(DeclareCommands theirs) {
        return session.commands().addedTo(theirs);
    }

    @Override
    public boolean hasCommands() {
        return session.papers().network() != null;
    }

    @Override
    public boolean isOwnTeleport(int id) {
        return Teleports.isOurs(id);
    }
}
