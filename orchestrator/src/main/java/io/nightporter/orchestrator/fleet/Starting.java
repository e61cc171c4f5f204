package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.NameTakenException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * STARTING: one step after the other, from whatever is there already, until the server is ready. What is next follows from
 * what the node says, so that a start that was interrupted goes on where it was.
 */
final class Starting implements Stage {

    static final String PLACE = "place";
    static final String REMOVE = "remove";
    static final String PREPARE = "prepare";
    static final String CREATE = "create";
    static final String START = "start";
    static final String READY = "ready";

    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final ServerActor actor;
    private final Failures failures;
    private Phase from = Phase.ASLEEP;
    /** Whether it was looked for by the name that the definition gives it today. */
    private boolean named;
    private boolean prepared;
    private boolean started;
    private @Nullable Instant deadline;
    private @Nullable Readiness readiness;

    /** The operation that is going on is a start, or a restart whose first half is over. */
    Starting(ServerActor actor) {
        this.actor = actor;
        this.failures = new Failures(actor);
    }

    /** Whether it is watched while it starts, without having been started by us: then it is left alone in any case. */
    private boolean adopted() {
        return actor.going().cause().kind() == Cause.Kind.RECONCILIATION;
    }

    @Override
    public void advance() {
        if (failures.advance()) {
            return;
        }
        if (!adopted() && !(Needs.met(actor, failures) && placed())) {
            return;
        }
        String node = actor.sight().node();
        NodeLink link = node == null ? null : actor.around().node(node);
        if (link == null) {
            failures.forGood(
                "There is no node " +
                    node +
                    ". Define it under fleet.nodes, or name another one for " +
                    actor.name() +
                    "."
            );
        } else if (!link.reachable()) {
            waitFor("Node " + node + " cannot be reached; " + actor.name() + " is started as soon as it can.");
        } else if (!actor.sight().known()) {
            actor.sight().look();
        } else {
            next(link, actor.sight().seen());
        }
    }

    private void next(NodeLink link, @Nullable SeenInstance seen) {
        if (seen == null) {
            if (actor.definition().managedBy() == ManagedBy.DOCKER) {
                // It is being made anew, or the server goes with it in a moment.
                waitFor("The container of " + actor.name() + " is not there at the moment.");
                actor.sight().doubt();
                actor.rest(TRY_AGAIN);
            } else if (actor.sight().foreign()) {
                failures.forGood(
                    String.valueOf(
                        new InstanceNotFoundException(link.name(), actor.sight().instanceName()).getMessage()
                    )
                );
            } else if (started) {
                attemptFailed("It was removed while it was starting.");
            } else if (!prepared) {
                prepare(link);
            } else {
                create(link);
            }
            return;
        }
        if (!seen.alive() && !named && actor.sight().isOutOfDate(seen)) {
            named = true;
            actor.sight().lookByName();
            return;
        }
        switch (seen.state()) {
            case CREATED, ENDED -> {
                if (started) {
                    String code = seen.exitCode() == null ? "" : " with exit code " + seen.exitCode();
                    attemptFailed("It ended" + code + " before it was ready.");
                } else if (outdated(seen)) {
                    step(REMOVE, 0.1, link, driver -> driver.remove(seen.handle()), () -> {});
                } else if (!prepared && !actor.sight().foreign()) {
                    prepare(link);
                } else {
                    start(link, seen);
                }
            }
            case PAUSED -> {
                from = Phase.PAUSED;
                start(link, seen);
            }
            case RUNNING -> awaitReady(link, seen);
        }
    }

    private void awaitReady(NodeLink link, SeenInstance seen) {
        if (readiness == null) {
            if (!actor.dossier().begun(READY)) {
                actor
                    .dossier()
                    .entry()
                    .step(READY, 0.5, actor.name() + " is booting.")
                    .commit();
            }
            Instant end = actor.now().plus(actor.definition().run().startTimeout());
            deadline = end;
            readiness = new Readiness(actor, this::ready);
        }
        if (deadline != null && !actor.now().isBefore(deadline) && !adopted()) {
            attemptFailed(
                "It was not ready after " +
                    actor.definition().run().startTimeout().toSeconds() +
                    " s: " +
                    readiness.lastReason() +
                    "."
            );
            return;
        }
        readiness.ask(link, seen);
    }

    private void ready() {
        Operation going = actor.going();
        String message = actor.name() + " is awake.";
        Dossier.Entry entry = actor.dossier().entry();
        if (!adopted()) {
            entry.wake(from, going.cause(), Duration.between(going.createdAt(), actor.now()), true);
        }
        entry.end(Operation.State.DONE, message).phase(Phase.AWAKE, going.cause(), message).commit();
        actor.enter(new Awake(actor));
    }

    private boolean placed() {
        if (actor.dossier().instance() != null) {
            return true;
        }
        String node = actor.definition().node();
        if (node == null) {
            node = actor.around().place(actor.definition());
        }
        if (node == null) {
            waitFor(
                "No node will do for " +
                    actor.name() +
                    " at the moment: one must be reachable, take new servers, and have the driver for it."
            );
            actor.again(TRY_AGAIN);
            return false;
        }
        if (actor.around().node(node) == null) {
            return true;
        }
        actor
            .dossier()
            .entry()
            .instance(
                new Instance(
                    Ulid.MAKER.next(actor.now()),
                    actor.name(),
                    node,
                    actor.sight().instanceName(),
                    null,
                    null,
                    null
                )
            )
            .step(PLACE, 0, actor.name() + " goes to node " + node + ".")
            .commit();
        return true;
    }

    /** Pulls what has to be pulled. Is done before each attempt; where everything is there, it costs nothing. */
    private void prepare(NodeLink link) {
        InstanceSpec spec = Specs.of(actor);
        actor
            .dossier()
            .entry()
            .step(PREPARE, 0.05, actor.name() + " is being prepared.")
            .commit();
        actor.work().beginLong(
            () -> {
                link.driver().prepare(spec, (fraction, detail) -> actor.post(() -> preparing(fraction, detail)));
                return true;
            },
            new Work.Outcome<Boolean>() {
                @Override
                public void done(Boolean result) {
                    prepared = true;
                }

                @Override
                public void failed(DriverException why) {
                    Starting.this.failed(why);
                }
            }
        );
    }

    private void preparing(double fraction, String detail) {
        if (actor.dossier().operation() != null) {
            actor
                .dossier()
                .entry()
                .progress(0.05 + fraction * 0.1, detail)
                .commit();
        }
    }

    private void create(NodeLink link) {
        InstanceSpec spec = Specs.of(actor);
        step(CREATE, 0.2, link, driver -> create(driver, spec), () -> {});
    }

    /** The name is taken by our own if it was made just before somebody ended us. */
    private static void create(Driver driver, InstanceSpec spec) throws DriverException {
        try {
            driver.create(spec);
        } catch (NameTakenException e) {
            SeenInstance other = driver.find(spec.name()).orElse(null);
            boolean ours =
                other != null &&
                spec.server().equals(other.server()) &&
                Objects.equals(spec.labels().get(Labels.FLEET), other.labels().get(Labels.FLEET));
            if (!ours) {
                throw e;
            }
        }
    }

    private void start(NodeLink link, SeenInstance seen) {
        step(START, 0.3, link, driver -> driver.start(seen.handle()), () -> started = true);
    }

    /** Records what is about to be done, and does it. */
    private void step(String name, double progress, NodeLink link, Deed deed, Runnable done) {
        actor
            .dossier()
            .entry()
            .step(name, progress, actor.name() + " is being started.")
            .commit();
        deed.begin(actor, link, done, this::failed);
    }

    private void failed(DriverException why) {
        if (why instanceof NodeUnreachableException || why instanceof InstanceNotFoundException) {
            // What came of it, nobody knows: the next look says.
            actor.sight().doubt();
            waitFor(String.valueOf(why.getMessage()));
            actor.rest(TRY_AGAIN);
        } else if (why.passing()) {
            attemptFailed(String.valueOf(why.getMessage()));
        } else {
            failures.forGood(String.valueOf(why.getMessage()));
        }
    }

    private void attemptFailed(String why) {
        if (readiness != null) {
            readiness.stop();
        }
        readiness = null;
        prepared = false;
        started = false;
        failures.attempt(why, from);
    }

    private void waitFor(String message) {
        if (!actor.going().message().equals(message)) {
            actor.dossier().entry().progress(0, message).commit();
        }
    }

    /** Whether it was made from another definition than today's. A paused or running one is not asked that. */
    private boolean outdated(SeenInstance seen) {
        String made = seen.labels().get(Labels.SPEC);
        return !actor.sight().foreign() && made != null && !made.equals(Specs.of(actor).digest());
    }

    @Override
    public WakeAnswer wake(Cause cause) {
        return new WakeAnswer.Starting(actor.going().id(), actor.view());
    }

    @Override
    public OrderAnswer stop(Cause cause) {
        return Stopping.begin(actor, Operation.Kind.STOP, cause);
    }

    @Override
    public OrderAnswer restart(Cause cause) {
        return Stopping.begin(actor, Operation.Kind.RESTART, cause);
    }

    /** Stops what was started, unless somebody counts on it. */
    @Override
    public OrderAnswer cancel(Cause cause) {
        Integer players = actor.players();
        if (adopted()) {
            return new OrderAnswer.Refused(
                actor.name() + " was not started by Nightporter, it was found running. Stop it instead."
            );
        }
        if (players != null && players > 0) {
            return new OrderAnswer.Refused(
                players +
                    (players == 1 ? " player waits for " : " players wait for ") +
                    actor.name() +
                    ". Stop it instead, if it has to be."
            );
        }
        if (actor.around().needed(actor.name())) {
            return new OrderAnswer.Refused(
                "Another server needs " + actor.name() + ". Stop that one first, or stop this one instead."
            );
        }
        return Stopping.begin(actor, Operation.Kind.STOP, cause);
    }

    @Override
    public void seen(@Nullable Instant knownStart, @Nullable SeenInstance seen) {
        if (adopted() && (seen == null || !seen.alive())) {
            String message = actor.name() + " ended again before it was ready.";
            actor
                .dossier()
                .entry()
                .end(Operation.State.FAILED, message)
                .phase(Phase.ASLEEP, new Cause(Cause.Kind.RECONCILIATION), message)
                .commit();
            actor.enter(new Resting(actor));
        }
    }

    @Override
    public void leave() {
        if (readiness != null) {
            readiness.stop();
        }
    }
}
