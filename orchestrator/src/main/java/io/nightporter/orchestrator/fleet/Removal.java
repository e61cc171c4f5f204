package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import java.util.Map;

/** Takes a server out of the fleet. */
final class Removal {

    private Removal() {}

    /** A server that runs has to be stopped before: nobody loses a world by mistake. */
    static OrderAnswer begin(ServerActor actor, Cause cause) {
        SeenInstance seen = actor.sight().seen();
        NodeLink link = actor.sight().link();
        boolean made = actor.dossier().instance() != null && !actor.sight().foreign();
        if (actor.dossier().phase().mayRun() || (seen != null && seen.alive())) {
            return new OrderAnswer.Refused(
                actor.name() + " runs. Stop it first: `nightporter servers stop " + actor.name() + "`."
            );
        }
        if (made && (link == null || !actor.sight().known())) {
            return new OrderAnswer.Refused(
                "Node " +
                    actor.sight().node() +
                    " cannot be reached, so the instance of " +
                    actor.name() +
                    " cannot be removed there. Try again when it can."
            );
        }
        String message = actor.name() + " was removed; its data are still on node " + actor.sight().node() + ".";
        actor
            .dossier()
            .entry()
            .event(FleetEvent.Kind.SERVER_REMOVED, message, Map.of("cause", cause.kind().name()))
            .commit();
        if (!made || link == null || seen == null) {
            actor.forget();
            return new OrderAnswer.Already(message);
        }
        actor.work().begin(
            () -> {
                link.driver().remove(seen.handle());
                return true;
            },
            new Work.Outcome<Boolean>() {
                @Override
                public void done(Boolean result) {
                    actor.forget();
                }

                @Override
                public void failed(DriverException why) {
                    // A container without a server does no harm; the next listing tells of it.
                    actor.forget();
                }
            }
        );
        return new OrderAnswer.Already(message);
    }
}
