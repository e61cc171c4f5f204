package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a start that does not work: it is tried again, each time later, and after so many times no more. Part of
 * {@link Starting}.
 */
final class Failures {

    private static final int LAST_LINES = 30;

    private final ServerActor actor;
    private @Nullable Ending clearing;
    private @Nullable Instant notBefore;
    private boolean forGood;
    private boolean failing;

    Failures(ServerActor actor) {
        this.actor = actor;
    }

    /**
     * Does what is next after a failure.
     *
     * @return whether that is all that can be done for now
     */
    boolean advance() {
        if (failing) {
            return true;
        }
        if (clearing != null) {
            if (!clearing.advance()) {
                return true;
            }
            clearing = null;
        }
        if (forGood) {
            giveUp();
            return true;
        }
        if (notBefore != null) {
            Instant now = actor.now();
            if (now.isBefore(notBefore)) {
                actor.again(Duration.between(now, notBefore));
                return true;
            }
            notBefore = null;
        }
        return false;
    }

    /** It did not work this time. */
    void attempt(String why, Phase from) {
        withLastLines(lines -> record(why, lines, from, false));
    }

    /** It will never work as things are. */
    void forGood(String why) {
        withLastLines(lines -> record(why, lines, Phase.ASLEEP, true));
    }

    @FunctionalInterface
    private interface Lines {
        void told(List<String> lines);
    }

    private void withLastLines(Lines then) {
        NodeLink link = actor.sight().link();
        SeenInstance seen = actor.sight().seen();
        if (link == null || seen == null || !actor.sight().known()) {
            then.told(List.of());
            return;
        }
        failing = true;
        actor.work().begin(
            () -> link.driver().logs(seen.handle(), LAST_LINES),
            new Work.Outcome<>() {
                @Override
                public void done(List<String> lines) {
                    failing = false;
                    then.told(lines);
                }

                @Override
                public void failed(DriverException why) {
                    failing = false;
                    then.told(List.of());
                }
            }
        );
    }

    private void record(String why, List<String> lines, Phase from, boolean never) {
        Operation going = actor.going();
        Dossier.Entry entry = actor.dossier().entry();
        ServerState state = entry.state().afterFailure(why, lines);
        boolean last = never || state.failedStarts() >= actor.definition().run().startAttempts();
        Duration pause = backOff(state.failedStarts());
        String message = last
            ? actor.name() + " does not start: " + why
            : actor.name() + " did not start and is tried again in " + pause.toSeconds() + " s: " + why;
        Duration took = Duration.between(going.createdAt(), actor.now());
        entry
            .state(state)
            .progress(0, message)
            .event(FleetEvent.Kind.START_FAILED, message, Map.of("attempt", String.valueOf(state.failedStarts())))
            .wake(from, going.cause(), took, false)
            .commit();
        forGood = last;
        notBefore = actor.now().plus(pause);
        SeenInstance seen = actor.sight().seen();
        if (seen != null && seen.alive()) {
            clearing = new Ending(actor);
        }
        actor.poke();
    }

    private Duration backOff(int failures) {
        FleetSettings settings = actor.around().settings();
        Duration pause = settings.firstBackOff().multipliedBy(1L << Math.min(20, failures - 1));
        return pause.compareTo(settings.longestBackOff()) < 0 ? pause : settings.longestBackOff();
    }

    private void giveUp() {
        String why = actor.dossier().state().failure();
        String message = actor.name() + " does not start: " + why;
        actor
            .dossier()
            .entry()
            .event(
                FleetEvent.Kind.SERVER_FAILED,
                message,
                Map.of("attempts", String.valueOf(actor.dossier().state().failedStarts()))
            )
            .phase(Phase.FAILED, actor.going().cause(), message)
            .end(Operation.State.FAILED, message)
            .commit();
        actor.enter(new Resting(actor));
    }
}
