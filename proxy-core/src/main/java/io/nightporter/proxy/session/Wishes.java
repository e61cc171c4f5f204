package io.nightporter.proxy.session;

import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.Doorman;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.waitingroom.Notice;
import io.nightporter.proxy.waitingroom.Reason;
import io.nightporter.proxy.waitingroom.ServerWatch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a player wants to be and is not, and the player's places in the queues for it. On the player's event loop. */
final class Wishes {

    private static final Logger log = LoggerFactory.getLogger(Wishes.class);
    /** The lobby that was chosen has so long before another one will do. */
    private static final Duration FIRST_CHOICE = Duration.ofSeconds(1);
    /** Who was let go this shortly ago may be about to get in. */
    private static final Duration ABOUT_TO_GET_IN = Duration.ofSeconds(2);

    private static final int REMINDER_SECONDS = 3;

    private final Session session;
    private final Turn turn = new Turn();
    private final Map<ServerSettings, ServerWatch.Waiter> otherLobbies = new LinkedHashMap<>();
    private @Nullable Wish wish;
    private @Nullable ServerWatch watch;
    private boolean mayGo;
    private boolean anyLobby;
    private int sinceReminder;

    Wishes(Session session) {
        this.session = session;
    }

    /** What the player waits for; null: nothing. */
    @Nullable
    Wish current() {
        return wish;
    }

    /**
     * The player waits for this server from now on.
     *
     * @param lost as in {@link Wish}
     * @param failures how often in a row the server has let the player in and lost them at once
     */
    void make(ServerSettings server, Reason reason, String lost, int failures) {
        forget();
        wish = new Wish(server, reason, System.nanoTime(), lost);
        watch = watch(server);
        watch.join(turn, failures);
        log.info("player waits player={} server={} reason={}", session.name(), server.name(), reason.label());
    }

    /** The player is content with whichever lobby is there first; until the wish is forgotten. */
    void anyLobbyWillDo() {
        anyLobby = session.network() != null;
    }

    /** The player waits for another reason than before. */
    void because(Reason reason) {
        if (wish != null) {
            wish = wish.because(reason);
        }
    }

    /** The player's turn came to nothing. */
    void turnEnded(boolean reached) {
        mayGo = false;
        if (watch != null) {
            watch.ended(turn, reached);
        }
    }

    /** Whether it is the player's turn to try the server; asked once for each turn. */
    boolean takesTurn() {
        boolean now = mayGo;
        mayGo = false;
        return now;
    }

    /** The player is there, or does not want to go there any more. */
    void forget() {
        if (watch != null) {
            watch.leave(turn);
            watch = null;
        }
        wish = null;
        mayGo = false;
        anyLobby = false;
        otherLobbies.forEach((lobby, waiter) -> watch(lobby).leave(waiter));
        otherLobbies.clear();
    }

    /** What the player is shown; null when there is nothing to wait for. */
    @Nullable
    Notice notice() {
        Wish now = wish;
        if (now == null || watch == null) {
            return null;
        }
        return watch.notice(now.reason(), turn);
    }

    /** Once a second. The lobby of the first choice has its chance; then the others are looked out for as well. */
    void secondPassed() {
        remind();
        NetworkSettings network = session.network();
        Wish now = wish;
        if (!anyLobby || !otherLobbies.isEmpty() || network == null || now == null) {
            return;
        }
        if (System.nanoTime() - now.since() > FIRST_CHOICE.toNanos()) {
            int protocol = session.wire().version().number();
            for (ServerSettings lobby : new Lobbies(session.context().addresses()).order(network, protocol)) {
                boolean own = lobby.name().equals(now.server().name()) || lobby.name().equals(now.lost());
                if (!own && !lobby.passthrough()) {
                    var waiter = new OtherTurn(lobby);
                    otherLobbies.put(lobby, waiter);
                    watch(lobby).join(waiter, 0);
                }
            }
        }
    }

    /** A managed server may have fallen asleep again, or failed, and it may be that it can be tried again. */
    private void remind() {
        Wish now = wish;
        if (now == null || !now.server().managed() || ++sinceReminder < REMINDER_SECONDS) {
            return;
        }
        sinceReminder = 0;
        session
            .context()
            .doorman()
            .remind(now.server(), session.papers().profile())
            .thenAcceptAsync(answer -> {
                if (answer instanceof Doorman.NotAllowed(var words) && now.equals(wish)) {
                    session.dismiss(words);
                }
            }, session.loop());
    }

    /** This one is there, and the player waits for another one: they wait for this one instead, in its queue. */
    private void isThere(ServerSettings lobby, ServerWatch.Waiter waiter) {
        Wish now = wish;
        if (now == null || !waiter.equals(otherLobbies.get(lobby))) {
            return;
        }
        if (session.passage().hasBegunWithin(ABOUT_TO_GET_IN)) {
            watch(lobby).ended(waiter, true);
            return;
        }
        session.passage().abandon();
        make(lobby, now.reason(), now.lost(), 0);
        wish = new Wish(lobby, now.reason(), now.since(), now.lost());
        anyLobby = true;
        session.player().attachment(new Attachment.Waiting(lobby.name()));
        session.showWish();
    }

    private ServerWatch watch(ServerSettings server) {
        return session.context().watches().of(server.name());
    }

    private void inLoop(Runnable task) {
        session.wire().channel().eventLoop().execute(task);
    }

    /** What the watch over the server tells, on other threads. */
    private final class Turn implements ServerWatch.Waiter {

        @Override
        public int protocol() {
            return session.wire().version().number();
        }

        @Override
        public boolean onlyWhenCertain() {
            Wish now = wish;
            return now != null && now.reason() == Reason.STALLED;
        }

        @Override
        public void mayGo() {
            inLoop(() -> {
                mayGo = true;
                session.passage().serverAnswers();
                session.release().go();
            });
        }

        @Override
        public void serverRemoved() {
            inLoop(session.release()::serverRemoved);
        }
    }

    /** A place in the queue of another lobby. */
    private final class OtherTurn implements ServerWatch.Waiter {

        private final ServerSettings lobby;

        OtherTurn(ServerSettings lobby) {
            this.lobby = lobby;
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
            inLoop(() -> isThere(lobby, this));
        }

        @Override
        public void serverRemoved() {
            inLoop(() -> watch(lobby).leave(this));
        }
    }
}
