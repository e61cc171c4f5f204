package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.FleetEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings an instance to its end: asks it to stop, waits, and kills it when it does not. Part of other stages. */
final class Ending {

    /** The step at which it is asked: from then on there is no way back. */
    static final String STOP = "stop";

    private static final String KILL = "kill";

    /** In case nobody tells us that it has ended. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /** How long there is between attempts to kill what does not end, in the end. */
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(1);

    private final ServerActor actor;
    private @Nullable Instant killAt;
    private Instant lookAt = Instant.MIN;
    private Duration patience = LOOK_EVERY;
    private boolean asked;
    private boolean killed;
    private boolean askRecorded;
    private boolean killRecorded;

    Ending(ServerActor actor) {
        this.actor = actor;
    }

    /**
     * Does what is next.
     *
     * @return whether nothing runs any more
     */
    boolean advance() {
        if (actor.dossier().instance() == null) {
            // It has not even got a place yet.
            return true;
        }
        NodeLink link = actor.sight().link();
        if (link == null) {
            return false;
        }
        if (!actor.sight().known()) {
            actor.sight().look();
            return false;
        }
        SeenInstance seen = actor.sight().seen();
        if (seen == null || !seen.alive()) {
            return true;
        }
        Instant now = actor.now();
        Instant deadline = killAt;
        if (deadline == null || (!asked && now.isBefore(deadline))) {
            ask(link, seen);
        } else if (!now.isBefore(deadline) && !killed) {
            if (actor.definition().workload().inOurHands()) {
                kill(link, seen);
            } else {
                // There is no harder way: whoever is to stop it is asked again.
                ask(link, seen);
            }
        } else if (!now.isBefore(lookAt)) {
            lookAt = now.plus(LOOK_EVERY);
            killed = false;
            actor.sight().look();
        } else {
            Instant next = killed || lookAt.isBefore(deadline) ? lookAt : deadline;
            actor.again(Duration.between(now, next));
        }
        return false;
    }

    private void ask(NodeLink link, SeenInstance seen) {
        if (!askRecorded) {
            actor
                .dossier()
                .entry()
                .step(STOP, 0.4, actor.name() + " was asked to stop.")
                .commit();
            askRecorded = true;
        }
        if (killAt == null) {
            killAt = actor.now().plus(actor.definition().run().stopGrace());
        }
        Deed stop = driver -> driver.stop(seen.handle());
        stop.begin(
            actor,
            link,
            () -> {
                asked = true;
                killAt = actor.now().plus(actor.definition().run().stopGrace());
                lookAt = actor.now().plus(LOOK_EVERY);
            },
            why -> {
                if (!asked && why instanceof NodeUnreachableException) {
                    // It has not refused; when the node is back it is asked, and has its time to stop.
                    killAt = null;
                }
                failed(link, why, LOOK_EVERY);
            }
        );
    }

    private void kill(NodeLink link, SeenInstance seen) {
        recordKill(seen);
        Duration pause = patience;
        Duration longer = pause.multipliedBy(2);
        patience = longer.compareTo(LONGEST_PATIENCE) < 0 ? longer : LONGEST_PATIENCE;
        Deed kill = driver -> driver.kill(seen.handle());
        kill.begin(
            actor,
            link,
            () -> {
                killed = true;
                lookAt = actor.now().plus(pause);
            },
            why -> failed(link, why, pause)
        );
    }

    /** Once, however often it takes. */
    private void recordKill(SeenInstance seen) {
        if (killRecorded) {
            return;
        }
        long seconds = actor.definition().run().stopGrace().toSeconds();
        String message =
            actor.name() + " did not stop within " + seconds + " s and is killed; what it had not saved is lost.";
        actor
            .dossier()
            .entry()
            .step(KILL, 0.8, message)
            .event(FleetEvent.Kind.INSTANCE_KILLED, message, Map.of("instance", seen.name()))
            .commit();
        killRecorded = true;
    }

    private void failed(NodeLink link, DriverException why, Duration pause) {
        if (why instanceof InstanceNotFoundException) {
            actor.sight().saw(link.name(), null);
        } else {
            actor.dossier().entry().progress(0.4, String.valueOf(why.getMessage())).commit();
            actor.sight().doubt();
            actor.rest(pause);
        }
    }
}
