package io.nightporter.proxy.session;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One timer of an event loop for all players that live on it: once a second it comes by at each. */
final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final FastThreadLocal<Rounds> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected Rounds initialValue() {
            return new Rounds();
        }
    };

    private final Set<Session> sessions = new LinkedHashSet<>();
    private @Nullable Future<?> timer;

    private Rounds() {}

    /** From now on once a second; on the event loop. */
    static void begin(Session session, EventLoop loop) {
        Rounds rounds = OF_LOOP.get();
        rounds.sessions.add(session);
        if (rounds.timer == null) {
            rounds.timer = loop.scheduleAtFixedRate(rounds::makeRound, 1, 1, TimeUnit.SECONDS);
        }
    }

    static void end(Session session) {
        Rounds rounds = OF_LOOP.get();
        rounds.sessions.remove(session);
        if (rounds.sessions.isEmpty() && rounds.timer != null) {
            rounds.timer.cancel(false);
            rounds.timer = null;
        }
    }

    private void makeRound() {
        long now = System.nanoTime();
        for (Session session : List.copyOf(sessions)) {
            try {
                session.secondPassed(now);
            } catch (RuntimeException e) {
                // One player's trouble must not end the rounds for all others.
                log.error("round failed player={}", session.player().profile().name(), e);
                session.wire().close();
            }
        }
    }
}
