package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Phase;

/** Whether the servers are awake that a server needs; those that are not, are woken. */
final class Needs {

    private Needs() {}

    static boolean met(ServerActor actor, Failures failures) {
        boolean met = true;
        for (String need : actor.definition().wake().needs()) {
            ServerView view = actor.around().view(need);
            if (view == null) {
                failures.forGood(
                    actor.name() +
                        " needs " +
                        need +
                        ", and there is no such server. Define it, or take it out of needs."
                );
                return false;
            }
            if (view.phase() == Phase.FAILED) {
                failures.forGood(actor.name() + " needs " + need + ", which does not start: " + view.state().failure());
                return false;
            }
            if (view.phase() != Phase.AWAKE) {
                actor.around().wake(need, new Cause(Cause.Kind.DEPENDENCY, actor.name(), null));
                met = false;
            }
        }
        if (!met && !actor.going().message().equals(waiting(actor))) {
            actor.dossier().entry().progress(0, waiting(actor)).commit();
        }
        return met;
    }

    private static String waiting(ServerActor actor) {
        return actor.name() + " waits for " + String.join(" and ", actor.definition().wake().needs()) + ".";
    }
}
