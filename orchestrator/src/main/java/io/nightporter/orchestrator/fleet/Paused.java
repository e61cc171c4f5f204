package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.SleepRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PAUSED: frozen, until somebody comes or it has been so for long. */
final class Paused implements Stage {

    private final ServerActor actor;
    private Timekeeper.@Nullable Timer timer;

    Paused(ServerActor actor) {
        this.actor = actor;
    }

    @Override
    public void advance() {
        if (actor.sight().link() == null) {
            return;
        }
        if (!actor.sight().known()) {
            actor.sight().look();
            return;
        }
        Cause reason = actor.duties().reasonToBeAwake();
        if (reason != null && actor.duties().obstacle() == null) {
            actor.start(Operation.Kind.START, reason, actor.name() + " has to be awake.");
            actor.poke();
            return;
        }
        Duration left = untilStop();
        if (left != null && !left.isPositive()) {
            Stopping.begin(actor, Operation.Kind.STOP, new Cause(Cause.Kind.IDLE));
            actor.poke();
            return;
        }
        Duration window = actor.duties().untilNextWindow();
        if (timer != null) {
            timer.cancel();
        }
        Duration next = left == null || (window != null && window.compareTo(left) < 0) ? window : left;
        timer = next == null ? null : actor.after(next, () -> {});
    }

    private @Nullable Duration untilStop() {
        SleepRules sleep = actor.definition().sleep();
        if (sleep.stopAfter() == null) {
            return null;
        }
        // Somebody else paused it if there is no time after which we do: then it has the whole time.
        Duration paused = sleep.pauseAfter() == null ? sleep.stopAfter() : sleep.stopAfter().minus(sleep.pauseAfter());
        return Duration.between(actor.now(), actor.dossier().state().since().plus(paused));
    }

    @Override
    public WakeAnswer wake(Cause cause) {
        String obstacle = actor.duties().obstacle();
        if (obstacle != null) {
            return new WakeAnswer.Refused(obstacle, actor.view());
        }
        Operation started = actor.start(Operation.Kind.START, cause, actor.name() + " is being continued.");
        return new WakeAnswer.Starting(started.id(), actor.view());
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
    public void seen(@Nullable Instant knownStart, @Nullable SeenInstance seen) {
        if (seen != null && seen.state() == SeenInstance.State.PAUSED) {
            return;
        }
        if (seen != null && seen.alive()) {
            Adoption.adopt(actor, seen);
            return;
        }
        String message = actor.name() + " ended while it was paused.";
        actor
            .dossier()
            .entry()
            .event(FleetEvent.Kind.INSTANCE_DIED, message, Map.of())
            .phase(Phase.ASLEEP, new Cause(Cause.Kind.RECONCILIATION), message)
            .commit();
        actor.enter(new Resting(actor));
    }

    @Override
    public void leave() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
