package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** ASLEEP, or FAILED: nothing runs. */
final class Resting implements Stage {

    private final ServerActor actor;
    private Timekeeper.@Nullable Timer window;

    Resting(ServerActor actor) {
        this.actor = actor;
    }

    private boolean failed() {
        return actor.dossier().phase() == Phase.FAILED;
    }

    @Override
    public void advance() {
        Cause reason = failed() ? null : actor.duties().reasonToBeAwake();
        if (reason != null && actor.duties().obstacle() == null) {
            actor.start(Operation.Kind.START, reason, actor.name() + " has to be awake.");
            actor.poke();
            return;
        }
        Duration next = actor.duties().untilNextWindow();
        if (window != null) {
            window.cancel();
        }
        window = next == null ? null : actor.after(next, () -> {});
    }

    @Override
    public WakeAnswer wake(Cause cause) {
        String obstacle = actor.duties().obstacle();
        if (obstacle != null) {
            return new WakeAnswer.Refused(obstacle, actor.view());
        }
        ServerState state = actor.dossier().state();
        if (failed()) {
            Instant rested = state.since().plus(actor.around().settings().breakerRest());
            boolean order = cause.kind() == Cause.Kind.ORDER;
            if (!order && actor.now().isBefore(rested)) {
                return new WakeAnswer.Refused(
                    actor.name() +
                        " did not start " +
                        state.failedStarts() +
                        " times in a row and is left alone for now: " +
                        state.failure() +
                        " Look at its last log lines; `nightporter servers start " +
                        actor.name() +
                        "` tries again at once.",
                    actor.view()
                );
            }
            // A player gets one attempt, an order all of them.
            int left = order ? 0 : Math.max(0, actor.definition().run().startAttempts() - 1);
            Dossier.Entry entry = actor.dossier().entry();
            ServerState now = entry.state().withoutFailures();
            for (int i = 0; i < left; i++) {
                now = now.afterFailure(state.failure(), state.lastLines());
            }
            entry.state(now).commit();
        }
        Operation started = actor.start(Operation.Kind.START, cause, actor.name() + " is being started.");
        return new WakeAnswer.Starting(started.id(), actor.view());
    }

    @Override
    public OrderAnswer stop(Cause cause) {
        Dossier.Entry entry = actor.dossier().entry();
        entry.state(entry.state().withStoppedBy(cause.who()));
        if (failed()) {
            entry.state(entry.state().withoutFailures());
            entry.phase(Phase.ASLEEP, cause, actor.name() + " is not tried any more.");
        }
        entry.commit();
        return new OrderAnswer.Already(actor.name() + " does not run.");
    }

    @Override
    public OrderAnswer restart(Cause cause) {
        return switch (wake(cause)) {
            case WakeAnswer.Starting starting -> new OrderAnswer.Begun(starting.operation());
            case WakeAnswer.Refused refused -> new OrderAnswer.Refused(refused.message());
            case WakeAnswer.Awake _ -> new OrderAnswer.Already(actor.name() + " is awake.");
            case WakeAnswer.NotAllowed _ -> new OrderAnswer.Refused("Its wake rules do not allow it.");
            case WakeAnswer.Unknown _ -> new OrderAnswer.Unknown();
        };
    }

    @Override
    public void seen(@Nullable Instant knownStart, @Nullable SeenInstance seen) {
        if (seen == null || !seen.alive()) {
            if (actor.dossier().phase() != Phase.ASLEEP && !failed()) {
                actor
                    .dossier()
                    .entry()
                    .end(Operation.State.FAILED, "Nightporter was restarted in between, and nothing runs.")
                    .phase(Phase.ASLEEP, new Cause(Cause.Kind.RECONCILIATION), actor.name() + " is asleep.")
                    .commit();
            }
            return;
        }
        Adoption.adopt(actor, seen);
    }

    @Override
    public void leave() {
        if (window != null) {
            window.cancel();
        }
    }
}
