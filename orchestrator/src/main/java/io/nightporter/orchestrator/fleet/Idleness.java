package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.ServerDefinition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a server may sleep: for long enough nobody has been on it by the proxy's account, and when that time is over, both
 * the proxy and the server itself say that nobody is. Part of {@link Awake}.
 */
final class Idleness {

    private static final Logger log = LoggerFactory.getLogger(Idleness.class);

    private static final Duration COUNT_AGAIN = Duration.ofSeconds(30);
    private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(1);

    private record Count(@Nullable Integer players, Probe.@Nullable Result server) {}

    private final ServerActor actor;
    private @Nullable Instant since;
    private @Nullable Instant unansweredSince;
    private Instant notBefore = Instant.MIN;
    /** When to ask whether the players who were reported are still there; null: nobody was, or it was asked just now. */
    private @Nullable Instant verifyAt;
    private Timekeeper.@Nullable Timer timer;
    private int asked;
    private boolean asking;
    private boolean kept;
    private boolean over;

    Idleness(ServerActor actor) {
        this.actor = actor;
        this.since = played() ? null : actor.now();
    }

    private boolean played() {
        Integer players = actor.players();
        return players != null && players > 0;
    }

    @Nullable
    Instant since() {
        return since;
    }

    /** The time begins anew: somebody is on the way. */
    void somebodyComes() {
        asked++;
        asking = false;
        over = false;
        if (since != null) {
            since = actor.now();
        }
    }

    void playersChanged() {
        verifyAt = null;
        if (played()) {
            somebodyComes();
            since = null;
        } else if (since == null) {
            since = actor.now();
            // Nobody has to find out any more whether they have left.
            notBefore = Instant.MIN;
        }
    }

    /** Whether it is to sleep now. If not, looks again when it may be. */
    boolean over() {
        if (over) {
            return true;
        }
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        ServerDefinition definition = actor.definition();
        if (!definition.plan().payPerUse() || actor.duties().reasonToBeAwake() != null) {
            kept = true;
            waitFor(actor.duties().untilNextWindow());
            return false;
        }
        if (kept) {
            // What kept it awake is over: it has the full time ahead.
            kept = false;
            since = since == null ? null : actor.now();
        }
        if (since == null) {
            return verify();
        }
        Instant due = later(since.plus(definition.sleep().idleAfter()), notBefore);
        due = later(due, actor.dossier().state().since().plus(definition.sleep().minimumUptime()));
        if (actor.now().isBefore(due)) {
            waitFor(Duration.between(actor.now(), due));
        } else {
            count();
        }
        return false;
    }

    /** Players were reported; where it was lost on the way that they have left, somebody has to ask. */
    private boolean verify() {
        Instant next = verifyAt == null ? actor.now().plus(SHORTEST_PATIENCE) : verifyAt;
        verifyAt = next;
        if (actor.now().isBefore(next)) {
            waitFor(Duration.between(actor.now(), next));
        } else {
            verifyAt = null;
            int number = ++asked;
            PlayerCount.of(actor.around(), actor.name(), players ->
                actor.post(() -> {
                    if (number == asked && players != null && players == 0) {
                        actor.players(0);
                        playersChanged();
                    }
                })
            );
        }
        return false;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void waitFor(@Nullable Duration delay) {
        timer = delay == null ? null : actor.after(delay, () -> {});
    }

    private void count() {
        if (asking) {
            return;
        }
        asking = true;
        int number = ++asked;
        SeenInstance seen = actor.sight().seen();
        var address = seen == null ? null : seen.game(actor.definition().workload());
        boolean proxyHeader = actor.definition().sendProxyProtocol();
        Probe probe = actor.around().probe();
        PlayerCount.of(actor.around(), actor.name(), players ->
            actor
                .around()
                .time()
                .run(() -> {
                    Probe.Result result = address == null ? null : probe.ask(address, proxyHeader);
                    actor.post(() -> counted(number, new Count(players, result)));
                })
        );
    }

    /** Counts only if nobody has come since it was begun: the number is another one then. */
    private void counted(int number, Count count) {
        if (number != asked) {
            return;
        }
        asking = false;
        Integer players = count.players;
        if (players == null) {
            notBefore = actor.now().plus(COUNT_AGAIN);
        } else if (players > 0) {
            actor.players(players);
            since = null;
        } else {
            over = nobodyByTheServer(count.server);
        }
    }

    private boolean nobodyByTheServer(Probe.@Nullable Result server) {
        Instant now = actor.now();
        if (server instanceof Probe.Result.Ready(Integer players)) {
            unansweredSince = null;
            if (players != null && players > 0) {
                since = now;
                return false;
            }
            return true;
        }
        // It hangs. That costs as much as playing, but perhaps it comes back.
        Instant first = unansweredSince == null ? now : unansweredSince;
        unansweredSince = first;
        Duration patience = actor.definition().sleep().idleAfter();
        patience = patience.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : patience;
        if (now.isBefore(first.plus(patience))) {
            notBefore = now.plus(COUNT_AGAIN);
            return false;
        }
        log.warn("server silent, put to sleep without its word server={} silentSince={}", actor.name(), first);
        return true;
    }

    void stop() {
        asked++;
        if (timer != null) {
            timer.cancel();
        }
    }
}
