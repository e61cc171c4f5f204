package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a server has to be awake whoever plays on it, and what keeps it from being started. Part of an actor. */
final class Duties {

    private final ServerActor actor;

    Duties(ServerActor actor) {
        this.actor = actor;
    }

    /** Why it has to be awake, players or not; null: it need not. */
    @Nullable
    Cause reasonToBeAwake() {
        if (actor.dossier().state().stoppedBy() != null) {
            return null;
        }
        if (!actor.definition().plan().payPerUse()) {
            return new Cause(Cause.Kind.PLAN);
        }
        String pinnedBy = actor.dossier().state().pinnedBy();
        if (pinnedBy != null) {
            return Cause.order(pinnedBy);
        }
        for (AwakeWindow window : windows()) {
            if (window.contains(actor.now(), zone())) {
                return new Cause(Cause.Kind.SCHEDULE);
            }
        }
        return actor.around().needed(actor.name()) ? new Cause(Cause.Kind.DEPENDENCY) : null;
    }

    /** How long until an awake window begins or ends; null: there is none. */
    @Nullable
    Duration untilNextWindow() {
        Instant now = actor.now();
        return windows()
            .stream()
            .map(window -> Duration.between(now, window.nextEdge(now, zone())))
            .min(Duration::compareTo)
            .orElse(null);
    }

    private List<AwakeWindow> windows() {
        return actor.definition().sleep().awake();
    }

    private ZoneId zone() {
        return actor.around().time().zone();
    }

    /** Why it cannot be started now, whoever wants it; null: it can. */
    @Nullable
    String obstacle() {
        String node = actor.sight().node();
        NodeLink link = node == null ? null : actor.around().node(node);
        return link == null || !link.definition().draining()
            ? null
            : actor.name() +
                  " is on node " +
                  node +
                  ", where no more servers are started. `nightporter nodes drain --off " +
                  node +
                  "` lets them start again.";
    }
}
