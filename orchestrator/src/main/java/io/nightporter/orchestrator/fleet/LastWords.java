package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Rcon;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is typed into a server's console before it is asked to stop: players are warned of an order and given some time, and
 * the world is saved. Where there is no way to a console it is stopped without. Part of {@link Stopping}.
 */
final class LastWords {

    static final String WARN = "warn";
    static final String SAVE = "save";

    private static final Logger log = LoggerFactory.getLogger(LastWords.class);

    private static final String SAVE_COMMAND = "save-all flush";

    private final ServerActor actor;
    private boolean unheard;
    private boolean saved;

    LastWords(ServerActor actor) {
        this.actor = actor;
    }

    /**
     * Does what is next.
     *
     * @param played whether the server was awake, so that players may be on it
     * @return whether there is something left to wait for
     */
    boolean advance(boolean played) {
        if (saved || actor.dossier().begun(Ending.STOP)) {
            return false;
        }
        boolean warning = played && unwarned();
        if (!warning && !warned() && actor.definition().rcon() == null) {
            return false;
        }
        NodeLink link = actor.sight().link();
        if (link == null) {
            return true;
        }
        if (!actor.sight().known()) {
            actor.sight().look();
            return true;
        }
        SeenInstance seen = actor.sight().seen();
        if (seen == null || seen.state() != SeenInstance.State.RUNNING) {
            return false;
        }
        if (warning) {
            warn(link, seen);
            return true;
        }
        return waiting() || save(seen);
    }

    private boolean playersAreOnIt() {
        Integer players = actor.players();
        return players != null && players > 0;
    }

    private boolean unwarned() {
        return (
            actor.going().cause().kind() == Cause.Kind.ORDER &&
            actor.around().settings().stopWarning().isPositive() &&
            playersAreOnIt() &&
            !warned()
        );
    }

    private boolean warned() {
        return actor.dossier().begun(WARN);
    }

    private void warn(NodeLink link, SeenInstance seen) {
        long seconds = actor.around().settings().stopWarning().toSeconds();
        boolean again = actor.going().kind() == Operation.Kind.RESTART;
        String line = "say This server " + (again ? "restarts" : "stops") + " in " + seconds + " s.";
        actor
            .dossier()
            .entry()
            .step(WARN, 0.1, actor.name() + " is " + (again ? "restarted" : "stopped") + " in " + seconds + " s.")
            .commit();
        actor.work().begin(
            () -> typed(seen, line) || link.driver().type(seen.handle(), line),
            new Work.Outcome<Boolean>() {
                @Override
                public void done(Boolean heard) {
                    unheard = !heard;
                }

                @Override
                public void failed(DriverException why) {
                    log.warn("players not warned server={} reason=\"{}\"", actor.name(), why.getMessage());
                    unheard = true;
                }
            }
        );
    }

    /** Nobody waits for a warning that nobody has heard. */
    private boolean waiting() {
        Instant since = actor
            .going()
            .steps()
            .stream()
            .filter(step -> step.name().equals(WARN))
            .map(Operation.Step::startedAt)
            .findFirst()
            .orElse(null);
        if (since == null || unheard || !playersAreOnIt()) {
            return false;
        }
        Duration left = Duration.between(actor.now(), since.plus(actor.around().settings().stopWarning()));
        if (!left.isPositive()) {
            return false;
        }
        actor.again(left);
        return true;
    }

    private boolean save(SeenInstance seen) {
        saved = true;
        if (console(seen) == null) {
            return false;
        }
        actor
            .dossier()
            .entry()
            .step(SAVE, 0.2, actor.name() + " is being saved.")
            .commit();
        actor.work().begin(
            () -> typed(seen, SAVE_COMMAND),
            new Work.Outcome<Boolean>() {
                @Override
                public void done(Boolean result) {
                    // Servers save when they stop, too.
                }

                @Override
                public void failed(DriverException why) {
                    // It is stopped in any case.
                }
            }
        );
        return true;
    }

    private @Nullable HostAndPort console(SeenInstance seen) {
        Rcon rcon = actor.definition().rcon();
        return rcon == null ? null : seen.at(rcon.port());
    }

    /** Over the network. Blocks. */
    private boolean typed(SeenInstance seen, String command) {
        Rcon rcon = actor.definition().rcon();
        HostAndPort address = console(seen);
        if (rcon == null || address == null) {
            return false;
        }
        try {
            actor.around().console().type(address, rcon, command);
            return true;
        } catch (IOException e) {
            log.warn(
                "console not reached server={} command=\"{}\" reason=\"{}\"",
                actor.name(),
                command,
                e.getMessage()
            );
            return false;
        }
    }
}
