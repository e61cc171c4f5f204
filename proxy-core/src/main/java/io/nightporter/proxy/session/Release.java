package io.nightporter.proxy.session;

import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Approach;
import io.nightporter.proxy.config.KickRules;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.relay.Relay;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Quote;
import io.nightporter.proxy.waitingroom.Reason;
import io.nightporter.proxy.waitingroom.WaitingRoom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a waiting player go when it is their turn, and knows what to do when the way ended before the server. */
final class Release {

    private static final Logger log = LoggerFactory.getLogger(Release.class);
    /** A server that stalled and is well again mostly goes on by itself; only then is it joined anew. */
    private static final Duration GRACE_FOR_STALLED = Duration.ofSeconds(3);

    private final Session session;

    Release(Session session) {
        this.session = session;
    }

    /** It may be this player's turn to try the server that they wait for. */
    void go() {
        Wish now = session.wishes().current();
        WaitingRoom room = session.room();
        if (session.isOver() || now == null || room == null || !room.isSettled()) {
            return;
        }
        if (session.passage().isUnderWay() || !session.wishes().takesTurn()) {
            return;
        }
        if (session.relay() == null) {
            retry(now);
            return;
        }
        // It stalled, and its status is well again: most likely it speaks in a moment.
        session.loop().schedule(
            () -> {
                Relay relay = session.relay();
                if (relay != null && relay.isStalled() && now.equals(session.wishes().current())) {
                    session.detach();
                    retry(now);
                }
            },
            GRACE_FOR_STALLED.toMillis(),
            TimeUnit.MILLISECONDS
        );
    }

    private void retry(Wish now) {
        session.context().metrics().retried(now.server().name());
        session.passage().to(now.server());
    }

    /** The way to a server ended before it. */
    void turnedBack(ServerSettings server, Approach.Rejection rejection) {
        if (session.isOver()) {
            return;
        }
        if (session.room() == null) {
            log.info("switch failed player={} server={} reason={}", session.name(), server.name(), rejection.label());
            session.say(Messages.switchFailed(server.name(), rejection.words()));
        } else {
            waitOn(server, rejection);
        }
    }

    private void waitOn(ServerSettings server, Approach.Rejection rejection) {
        Wishes wishes = session.wishes();
        Wish before = wishes.current();
        Reason reason = before == null ? Reason.DOWN : before.reason();
        if (rejection.spoken() && rejection.words() instanceof Quote(Text goodbye)) {
            KickRules.Verdict verdict = server.kicks().verdict(goodbye);
            if (!verdict.waits()) {
                log.info(
                    "server refused player={} server={} words=\"{}\"",
                    session.name(),
                    server.name(),
                    goodbye.words()
                );
                Player.say(session.wire(), goodbye);
                return;
            }
            reason = Reason.of(verdict);
        } else if (!rejection.mayPass()) {
            Player.say(session.wire(), session.text(rejection.words()));
            return;
        } else if (reason == Reason.STALLED || (rejection.reached() && reason == Reason.DOWN)) {
            reason = rejection.reached() ? Reason.STARTING : Reason.LOST;
        }
        wishes.because(reason);
        wishes.turnEnded(rejection.reached());
        session.showWish();
    }

    /** The server was lost when the client had left its world for it: it waits in another one. */
    void strandedBefore(ServerSettings server, State serverbound) {
        session.wishFor(server, Reason.STARTING, "");
        session.player().attachment(new Attachment.Waiting(server.name()));
        session.enter(serverbound).enterWorld();
    }

    /** The configuration has the server no more that the player waits for. */
    void serverRemoved() {
        Wish now = session.wishes().current();
        if (now != null && session.generation().configuration().servers().get(now.server().name()) == null) {
            session.dismiss(Messages.serverClosed(now.server().name()));
        }
    }
}
