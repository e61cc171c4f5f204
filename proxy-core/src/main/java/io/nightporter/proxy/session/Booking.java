package io.nightporter.proxy.session;

import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.Doorman;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.waitingroom.ServerWatch;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to a server that may have to be woken first. Who is on a server meanwhile plays on there, and is taken over when the other
 * one is there; who is in the waiting room waits for the other one instead. On the player's event loop.
 */
final class Booking {

    private static final Logger log = LoggerFactory.getLogger(Booking.class);

    private static final int REMINDER_SECONDS = 3;

    private final Session session;
    private @Nullable ServerSettings target;
    private @Nullable Turn turn;
    /** Only the last question counts. */
    private int asked;

    Booking(Session session) {
        this.session = session;
    }

    /** The server that the player plays on until; null: none. */
    @Nullable
    ServerSettings target() {
        return target;
    }

    /** Takes the player there, now or as soon as it is there. */
    void to(ServerSettings server) {
        cancel();
        if (!server.managed()) {
            session.goNow(server);
            return;
        }
        int question = asked;
        session
            .context()
            .doorman()
            .ask(
                server,
                session.papers().profile(),
                session.player().from(),
                session.generation().configuration().proxy().wakeQuota()
            )
            .thenAcceptAsync(answer -> {
                if (question == asked && !session.isOver()) {
                    answered(server, answer);
                }
            }, session.loop());
    }

    private void answered(ServerSettings server, Doorman.Answer answer) {
        switch (answer) {
            case Doorman.Come _ -> session.goNow(server);
            case Doorman.Wait _ when session.room() != null -> session.goNow(server);
            case Doorman.Wait _ -> book(server);
            case Doorman.NotAllowed(var words) -> session.say(words);
            case Doorman.Sorry(String label, var words) -> {
                log.info("switch refused player={} server={} reason={}", session.name(), server.name(), label);
                session.say(words);
            }
        }
    }

    private void book(ServerSettings server) {
        Duration left = session
            .context()
            .fleet()
            .view(server.name())
            .map((ServerView view) -> view.readyIn(Instant.now()))
            .orElse(null);
        target = server;
        session.player().destination(server.name());
        var next = new Turn(server);
        turn = next;
        log.info("switch booked player={} from={} to={}", session.name(), session.server(), server.name());
        session.say(Messages.booked(server.name(), left == null ? null : (Long) (left.toSeconds() + 1)));
        session.context().watches().of(server.name()).join(next, 0);
    }

    /** The player goes nowhere, or somewhere else. */
    void cancel() {
        asked++;
        Turn left = turn;
        if (left != null) {
            turn = null;
            target = null;
            session.player().destination(null);
            session.context().watches().of(left.server.name()).leave(left);
        }
    }

    /** Once a second: the start may have failed meanwhile. */
    void secondPassed() {
        Turn booked = turn;
        if (booked == null || ++booked.seconds % REMINDER_SECONDS != 0) {
            return;
        }
        session
            .context()
            .doorman()
            .remind(booked.server, session.papers().profile())
            .thenAcceptAsync(answer -> {
                if (booked.equals(turn)) {
                    switch (answer) {
                        case Doorman.NotAllowed(var words) -> giveUp(words);
                        case Doorman.Sorry(_, var words) -> giveUp(words);
                        case Doorman.Come _, Doorman.Wait _ -> {
                        }
                    }
                }
            }, session.loop());
    }

    private void giveUp(Message words) {
        cancel();
        session.say(words);
    }

    /** The player's place among those who wait for the server. */
    private final class Turn implements ServerWatch.Waiter {

        private final ServerSettings server;
        private int seconds;

        Turn(ServerSettings server) {
            this.server = server;
        }

        @Override
        public int protocol() {
            return session.wire().version().number();
        }

        @Override
        public boolean onlyWhenCertain() {
            return true;
        }

        @Override
        public void mayGo() {
            session.loop().execute(() -> {
                if (equals(turn)) {
                    cancel();
                    session.goNow(server);
                }
            });
        }

        @Override
        public void serverRemoved() {
            session.loop().execute(() -> {
                if (equals(turn)) {
                    cancel();
                    session.say(Messages.unknownServer(server.name()));
                }
            });
        }
    }
}
