package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;

/** Where an actor goes on that was made from records: at what they say was being done. */
final class Resume {

    private Resume() {}

    static Stage from(ServerActor actor) {
        Operation going = actor.dossier().operation();
        return switch (actor.dossier().phase()) {
            case ASLEEP, FAILED -> new Resting(actor);
            case PAUSED -> new Paused(actor);
            case AWAKE -> new Awake(actor);
            // Where nobody knows what was being done, what runs decides.
            case STARTING -> going == null ? new Resting(actor) : new Starting(actor);
            case STOPPING -> going == null ? new Resting(actor) : stopping(actor, going);
            case MOVING -> new Resting(actor);
        };
    }

    /**
     * Nobody who was about to sleep is stopped for Nightporter's having been restarted in between: whether they still have no
     * players is not known. Who was asked to stop already is on the way.
     */
    private static Stage stopping(ServerActor actor, Operation going) {
        boolean idle = going.cause().kind() == Cause.Kind.IDLE;
        if (idle && !actor.dossier().begun(Ending.STOP) && !actor.dossier().begun(Stopping.PAUSE)) {
            actor
                .dossier()
                .entry()
                .end(Operation.State.CANCELLED, "Nightporter was restarted before the server was asked to stop.")
                .phase(
                    Phase.AWAKE,
                    new Cause(Cause.Kind.RECONCILIATION),
                    actor.name() + " stays awake: it had not been asked to stop yet."
                )
                .commit();
            return new Awake(actor);
        }
        return new Stopping(actor);
    }
}
