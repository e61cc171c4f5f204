package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Operation;

/** Takes a server out of the fleet. Its data stay. */
final class Removal {

    /** The step of a stop that says what it is for: whoever finds it, after a restart too, removes the server at its end. */
    static final String STEP = "remove";

    private Removal() {}

    /** A server that runs is stopped before, as by any order. */
    static OrderAnswer begin(ServerActor actor, Cause cause) {
        if (actor.stage() instanceof Leaving) {
            return new OrderAnswer.Already(message(actor));
        }
        if (actor.dossier().begun(STEP)) {
            return new OrderAnswer.Begun(actor.going().id());
        }
        SeenInstance seen = actor.sight().seen();
        NodeLink link = actor.sight().link();
        boolean runs = actor.dossier().phase().mayRun() || (seen != null && seen.alive());
        if (made(actor) && (link == null || (!runs && !actor.sight().known()))) {
            return new OrderAnswer.Refused(
                "Node " +
                    actor.sight().node() +
                    " cannot be reached, so the instance of " +
                    actor.name() +
                    " cannot be removed there. Try again when it can."
            );
        }
        if (runs) {
            return Stopping.begin(actor, Operation.Kind.STOP, cause, STEP);
        }
        actor.enter(new Leaving(actor, cause));
        return new OrderAnswer.Already(message(actor));
    }

    /** To whoever wants something of it that takes it to stay. */
    static OrderAnswer goesOn(String server) {
        return new OrderAnswer.Refused(server + " is being removed. Define it again when it is gone.");
    }

    /** Whether there is an instance of ours. */
    static boolean made(ServerActor actor) {
        return actor.dossier().instance() != null && !actor.sight().foreign();
    }

    static String message(ServerActor actor) {
        return actor.name() + " was removed; its data are still on node " + actor.sight().node() + ".";
    }
}
