package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * STOPPING: saved and stopped, or paused. As long as it has not been asked to stop, whoever sleeps because nobody plays is
 * awake again when somebody does.
 */
final class Stopping implements Stage {

    static final String PAUSE = "pause";

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /** How the server was before it was to stop. */
    private record Before(Phase phase, @Nullable String pinnedBy) {}

    private final ServerActor actor;
    private final Ending ending;
    private final LastWords lastWords;
    private @Nullable Before before;
    private boolean counting;
    private boolean counted;
    private boolean pausing;
    private @Nullable Cause wanted;

    /** The operation that is going on says what is to be done. */
    Stopping(ServerActor actor) {
        this.actor = actor;
        this.ending = new Ending(actor);
        this.lastWords = new LastWords(actor);
    }

    /** Begins to stop, or pause, a server, with an operation of its own. */
    static OrderAnswer begin(ServerActor actor, Operation.Kind kind, Cause cause) {
        return begin(actor, kind, cause, null);
    }

    /** @param first the operation's first step, which says what it is for; null: for nothing else */
    static OrderAnswer begin(ServerActor actor, Operation.Kind kind, Cause cause, @Nullable String first) {
        String message = switch (kind) {
            case PAUSE -> actor.name() + " is being paused.";
            case RESTART -> actor.name() + " is being restarted.";
            case START, STOP, MOVE -> actor.name() + " is being stopped.";
        };
        var before = new Before(actor.dossier().phase(), actor.dossier().state().pinnedBy());
        Dossier.Entry entry = actor.dossier().entry();
        if (kind == Operation.Kind.STOP && cause.kind() == Cause.Kind.ORDER) {
            entry.state(entry.state().withStoppedBy(cause.who()).withPinnedBy(null));
        }
        entry.begin(kind, cause, message).phase(Phase.STOPPING, cause, message);
        if (first != null) {
            entry.step(first, 0, message);
        }
        entry.commit();
        var stopping = new Stopping(actor);
        stopping.before = before;
        actor.enter(stopping);
        return new OrderAnswer.Begun(actor.going().id());
    }

    private boolean idle() {
        return actor.going().cause().kind() == Cause.Kind.IDLE;
    }

    /** Whether there still is a way back. */
    private boolean revocable() {
        return idle() && !asked();
    }

    /** Whether the instance was asked to stop, or may have been: then there is no way back. */
    private boolean asked() {
        return actor.dossier().begun(Ending.STOP) || actor.dossier().begun(PAUSE) || pausing;
    }

    /** Whether the server is to be removed when it is stopped. */
    private boolean removing() {
        return actor.dossier().begun(Removal.STEP);
    }

    @Override
    public void advance() {
        if (revocable()) {
            Integer players = actor.players();
            if (wanted != null || (players != null && players > 0)) {
                stayAwake();
                return;
            }
            if (!counted) {
                count();
                return;
            }
        }
        if (actor.going().kind() == Operation.Kind.PAUSE) {
            pause();
            return;
        }
        if (lastWords.advance(before != null && before.phase == Phase.AWAKE)) {
            return;
        }
        if (ending.advance()) {
            over();
        }
    }

    /** Now that everybody has been told that it is stopping, nobody can have come since the last look. */
    private void count() {
        if (counting) {
            return;
        }
        counting = true;
        PlayerCount.of(actor.around(), actor.name(), number ->
            actor.post(() -> {
                counting = false;
                counted = true;
                // Where nobody answers, the server goes on as before.
                actor.players(number == null ? 1 : number);
            })
        );
    }

    private void stayAwake() {
        Cause cause = wanted == null ? new Cause(Cause.Kind.PLAYER) : wanted;
        if (before != null && before.phase == Phase.PAUSED) {
            actor.start(Operation.Kind.START, cause, "Somebody came.");
        } else {
            actor
                .dossier()
                .entry()
                .end(Operation.State.CANCELLED, "Somebody came.")
                .phase(Phase.AWAKE, cause, "Somebody came.")
                .commit();
            asItIs(new Awake(actor));
        }
        actor.poke();
    }

    /** Goes back to what was before; whether it still is so, the node says. */
    private void asItIs(Stage back) {
        actor.sight().doubt();
        actor.enter(back);
    }

    private void pause() {
        NodeLink link = actor.sight().link();
        if (link == null) {
            return;
        }
        SeenInstance seen = actor.sight().seen();
        if (!actor.sight().known()) {
            actor.sight().look();
        } else if (seen == null || !seen.alive()) {
            over();
        } else if (seen.state() == SeenInstance.State.PAUSED) {
            paused();
        } else {
            pausing = true;
            actor
                .dossier()
                .entry()
                .step(PAUSE, 0.5, actor.name() + " is being paused.")
                .commit();
            Deed pause = driver -> driver.pause(seen.handle());
            pause.begin(
                actor,
                link,
                () -> {},
                why -> {
                    actor.dossier().entry().progress(0.5, String.valueOf(why.getMessage())).commit();
                    actor.sight().doubt();
                    actor.rest(TRY_AGAIN);
                }
            );
        }
    }

    private void paused() {
        Cause cause = actor.going().cause();
        String message = actor.name() + " is paused.";
        actor.dossier().entry().end(Operation.State.DONE, message).phase(Phase.PAUSED, cause, message).commit();
        actor.enter(new Paused(actor));
        next();
    }

    private void over() {
        Operation going = actor.going();
        Cause cause = going.cause();
        if (removing()) {
            actor.enter(new Leaving(actor, cause));
            actor.poke();
            return;
        }
        if (going.kind() == Operation.Kind.RESTART) {
            actor
                .dossier()
                .entry()
                .phase(Phase.STARTING, cause, actor.name() + " is being started again.")
                .commit();
            actor.enter(new Starting(actor));
        } else {
            String message = actor.name() + " is asleep.";
            actor.dossier().entry().end(Operation.State.DONE, message).phase(Phase.ASLEEP, cause, message).commit();
            actor.enter(new Resting(actor));
        }
        next();
    }

    /** Whoever came too late to keep it awake, wakes it again. */
    private void next() {
        boolean free = actor.dossier().operation() == null && actor.duties().obstacle() == null;
        if (wanted != null && free) {
            actor.start(Operation.Kind.START, wanted, "Somebody came while it was stopping.");
        }
        actor.poke();
    }

    @Override
    public WakeAnswer wake(Cause cause) {
        if (removing()) {
            return new WakeAnswer.Refused(actor.name() + " is being removed.", actor.view());
        }
        String obstacle = actor.duties().obstacle();
        if (obstacle != null && !revocable()) {
            return new WakeAnswer.Refused(obstacle, actor.view());
        }
        wanted = cause;
        return new WakeAnswer.Starting(actor.going().id(), actor.view());
    }

    @Override
    public OrderAnswer stop(Cause cause) {
        wanted = null;
        Operation going = actor.going();
        if (going.kind() == Operation.Kind.STOP && !idle()) {
            return new OrderAnswer.Begun(going.id());
        }
        return begin(actor, Operation.Kind.STOP, cause);
    }

    @Override
    public OrderAnswer restart(Cause cause) {
        Operation going = actor.going();
        String obstacle = removing() ? actor.name() + " is being removed." : actor.duties().obstacle();
        if (obstacle != null) {
            return new OrderAnswer.Refused(obstacle);
        }
        wanted = null;
        if (going.kind() == Operation.Kind.RESTART) {
            return new OrderAnswer.Begun(going.id());
        }
        return begin(actor, Operation.Kind.RESTART, cause);
    }

    /** As long as the instance was not asked to stop, everything can be as it was before. */
    @Override
    public OrderAnswer cancel(Cause cause) {
        if (asked()) {
            return new OrderAnswer.Refused(
                actor.name() + " has been asked to stop already. Start it again when it has stopped."
            );
        }
        SeenInstance seen = actor.sight().seen();
        boolean running = seen != null && seen.state() == SeenInstance.State.RUNNING;
        Phase back = before == null ? Phase.STOPPING : before.phase;
        if (back == Phase.AWAKE || back == Phase.PAUSED) {
            String message = "Cancelled by " + cause.name() + "; " + actor.name() + " goes on as before.";
            Dossier.Entry entry = actor.dossier().entry();
            entry.state(
                entry
                    .state()
                    .withStoppedBy(null)
                    .withPinnedBy(before == null ? null : before.pinnedBy)
            );
            entry.end(Operation.State.CANCELLED, message).phase(back, cause, message).commit();
            asItIs(back == Phase.AWAKE ? new Awake(actor) : new Paused(actor));
            actor.poke();
            return new OrderAnswer.Already(message);
        }
        if (running && actor.duties().obstacle() == null) {
            // It was still booting, or nobody knows any more whether it was: it is awake as soon as it answers.
            return new OrderAnswer.Begun(
                actor.start(Operation.Kind.START, cause, actor.name() + " goes on instead of stopping.").id()
            );
        }
        return new OrderAnswer.Refused(actor.name() + " has nothing to go back to: it was not awake.");
    }

    @Override
    public void seen(@Nullable Instant knownStart, @Nullable SeenInstance seen) {
        // What is to be done about it is decided when it is advanced.
    }
}
