package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** AWAKE: played on, or idle. */
final class Awake implements Stage {

    private static final int LAST_LINES = 30;
    private static final Duration SAME_START = Duration.ofMillis(2);

    private final ServerActor actor;
    private final Idleness idleness;
    private @Nullable Death death;

    /** It ended; to be recorded when its last lines are known. */
    private record Death(@Nullable SeenInstance seen, List<String> lines) {}

    Awake(ServerActor actor) {
        this.actor = actor;
        this.idleness = new Idleness(actor);
    }

    @Override
    public void advance() {
        if (death != null) {
            // Its end could not be recorded.
            died(death);
            return;
        }
        if (actor.sight().link() == null) {
            return;
        }
        if (!actor.sight().known()) {
            actor.sight().look();
            return;
        }
        ServerState state = actor.dossier().state();
        if (state.failedStarts() > 0) {
            Duration awake = Duration.between(state.since(), actor.now());
            Duration left = actor.around().settings().stableAfter().minus(awake);
            if (left.isPositive()) {
                actor.again(left);
            } else {
                actor.dossier().entry().state(state.withoutFailures()).commit();
            }
        }
        if (idleness.over()) {
            boolean pause =
                actor.definition().sleep().pauseAfter() != null && actor.definition().workload().inOurHands();
            Stopping.begin(actor, pause ? Operation.Kind.PAUSE : Operation.Kind.STOP, new Cause(Cause.Kind.IDLE));
            actor.poke();
        }
    }

    @Override
    public WakeAnswer wake(Cause cause) {
        idleness.somebodyComes();
        return new WakeAnswer.Awake(actor.view());
    }

    @Override
    public OrderAnswer stop(Cause cause) {
        return Stopping.begin(actor, Operation.Kind.STOP, cause);
    }

    @Override
    public OrderAnswer restart(Cause cause) {
        String obstacle = actor.duties().obstacle();
        if (obstacle != null) {
            return new OrderAnswer.Refused(obstacle);
        }
        return Stopping.begin(actor, Operation.Kind.RESTART, cause);
    }

    @Override
    public void playersChanged() {
        idleness.playersChanged();
    }

    @Override
    public @Nullable Instant idleSince() {
        return idleness.since();
    }

    @Override
    public void seen(@Nullable Instant knownStart, @Nullable SeenInstance seen) {
        if (death != null) {
            return;
        }
        if (seen == null || !seen.alive()) {
            lastLines(seen);
        } else if (seen.state() == SeenInstance.State.PAUSED) {
            Adoption.adopt(actor, seen);
        } else if (isOtherStart(knownStart, seen.startedAt())) {
            // It was restarted by somebody else: whoever was on it is not any more, and it may not be ready.
            Adoption.adopt(actor, seen);
        }
    }

    /** Engines tell nanoseconds, and stores keep fewer digits than that. */
    private static boolean isOtherStart(@Nullable Instant known, @Nullable Instant seen) {
        return known != null && seen != null && Duration.between(known, seen).abs().compareTo(SAME_START) > 0;
    }

    private void lastLines(@Nullable SeenInstance seen) {
        NodeLink link = actor.sight().link();
        var silent = new Death(seen, List.of());
        death = silent;
        if (link == null || seen == null || actor.work().busy()) {
            died(silent);
            return;
        }
        actor.work().begin(
            () -> link.driver().logs(seen.handle(), LAST_LINES),
            new Work.Outcome<>() {
                @Override
                public void done(List<String> lines) {
                    var withWords = new Death(seen, lines);
                    death = withWords;
                    died(withWords);
                }

                @Override
                public void failed(DriverException why) {
                    died(silent);
                }
            }
        );
    }

    private void died(Death how) {
        SeenInstance seen = how.seen;
        Integer code = seen == null ? null : seen.exitCode();
        String manner = seen == null ? "was removed" : code == null ? "ended" : "ended with exit code " + code;
        String message = actor.name() + " " + manner + " without having been asked to.";
        var data = new TreeMap<String, String>();
        if (code != null) {
            data.put("exitCode", code.toString());
        }
        Dossier.Entry entry = actor.dossier().entry();
        entry.event(FleetEvent.Kind.INSTANCE_DIED, message, data);
        Duration awake = Duration.between(entry.state().since(), actor.now());
        boolean hardlyBegun = awake.compareTo(actor.around().settings().stableAfter()) < 0;
        if (hardlyBegun && (code == null || code != 0)) {
            entry.state(entry.state().afterFailure("It " + manner + " soon after its start.", how.lines));
        }
        if (entry.state().failedStarts() >= actor.definition().run().startAttempts()) {
            String failure = actor.name() + " " + manner + " too often, soon after its start.";
            entry
                .event(FleetEvent.Kind.SERVER_FAILED, failure, data)
                .phase(Phase.FAILED, new Cause(Cause.Kind.CRASH), failure)
                .commit();
            actor.enter(new Resting(actor));
            return;
        }
        entry.phase(Phase.ASLEEP, new Cause(Cause.Kind.CRASH), message).commit();
        Integer players = actor.players();
        actor.enter(new Resting(actor));
        if (players != null && players > 0 && actor.duties().obstacle() == null) {
            actor.start(Operation.Kind.START, new Cause(Cause.Kind.CRASH), message);
        }
        actor.poke();
    }

    @Override
    public void leave() {
        idleness.stop();
    }
}
