package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import java.util.Map;

/** Something runs, or is paused, of which the records knew nothing. It is taken as it is. */
final class Adoption {

    private Adoption() {}

    static void adopt(ServerActor actor, SeenInstance seen) {
        var cause = new Cause(Cause.Kind.RECONCILIATION);
        boolean paused = seen.state() == SeenInstance.State.PAUSED;
        String message = actor.name() + (paused ? " was found paused." : " was found running.");
        Dossier.Entry entry = actor.dossier().entry();
        entry.state(entry.state().withoutFailures().withStoppedBy(null));
        entry.event(FleetEvent.Kind.INSTANCE_ADOPTED, message, Map.of("instance", seen.name()));
        if (paused) {
            entry.end(Operation.State.CANCELLED, message).phase(Phase.PAUSED, cause, message).commit();
            actor.enter(new Paused(actor));
        } else {
            entry
                .begin(Operation.Kind.START, cause, message)
                .step(Starting.READY, 0.5, message)
                .phase(Phase.STARTING, cause, message)
                .commit();
            actor.enter(new Starting(actor));
        }
    }
}
