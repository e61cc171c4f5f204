package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.Ulid;
import io.nightporter.orchestrator.model.WakeRecord;
import io.nightporter.orchestrator.store.Change;
import io.nightporter.orchestrator.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is recorded of one server. Every change is written to the store before anybody here knows of it, and told to the
 * listeners after that. Used by the server's actor alone.
 */
final class Dossier {

    private final Store store;
    private final Timekeeper time;
    private final Consumer<FleetEvent> told;
    private ServerDefinition definition;
    private ServerState state;
    private @Nullable Instance instance;
    private @Nullable Operation operation;

    Dossier(Store store, Timekeeper time, Consumer<FleetEvent> told, Records records) {
        this.store = store;
        this.time = time;
        this.told = told;
        this.definition = records.definition();
        this.state = records.state();
        this.instance = records.instance();
        this.operation = records.operation();
    }

    /** What a store knows of a server. */
    record Records(
        ServerDefinition definition,
        ServerState state,
        @Nullable Instance instance,
        @Nullable Operation operation
    ) {}

    ServerDefinition definition() {
        return definition;
    }

    ServerState state() {
        return state;
    }

    Phase phase() {
        return state.phase();
    }

    @Nullable
    Instance instance() {
        return instance;
    }

    /** What is going on; null: nothing is. */
    @Nullable
    Operation operation() {
        return operation;
    }

    Instant now() {
        return time.now();
    }

    /** What has to be written together. Nothing happens until {@link #commit}. */
    final class Entry {

        private final List<Change> changes = new ArrayList<>();
        private final List<FleetEvent> events = new ArrayList<>();
        private ServerDefinition newDefinition = definition;
        private ServerState newState = state;
        private @Nullable Instance newInstance = instance;
        private @Nullable Operation newOperation = operation;
        /** The one that all this belongs to, even if it ends with it. */
        private @Nullable String operationId = operation == null ? null : operation.id();
        private boolean forgotten;

        Entry definition(ServerDefinition other) {
            newDefinition = other;
            changes.add(new Change.PutServer(other, now()));
            return this;
        }

        /** The server is in another phase from now on. */
        Entry phase(Phase to, Cause cause, String message) {
            if (to == newState.phase()) {
                return this;
            }
            var data = new TreeMap<String, String>();
            data.put("from", newState.phase().name());
            data.put("to", to.name());
            data.put("cause", cause.kind().name());
            if (cause.who() != null) {
                data.put("who", cause.who());
            }
            newState = newState.in(to, now());
            return event(FleetEvent.Kind.PHASE_CHANGED, message, data);
        }

        Entry state(ServerState other) {
            newState = other;
            return this;
        }

        ServerState state() {
            return newState;
        }

        Entry instance(Instance other) {
            newInstance = other;
            return this;
        }

        /** Begins an operation; the one that was going on is over. */
        Entry begin(Operation.Kind kind, Cause cause, String message) {
            if (newOperation != null) {
                end(Operation.State.CANCELLED, "Something else was wanted.");
            }
            Instant now = now();
            newOperation = new Operation(
                Ulid.MAKER.next(now),
                kind,
                definition.name(),
                cause,
                Operation.State.RUNNING,
                List.of(),
                0,
                message,
                now,
                now
            );
            operationId = newOperation.id();
            newState = newState.withOperation(operationId);
            return this;
        }

        /** The operation that is going on begins its next step. */
        Entry step(String name, double progress, String message) {
            if (newOperation != null) {
                List<Operation.Step> steps = ended(newOperation);
                steps.add(new Operation.Step(name, now(), null, ""));
                newOperation = changed(newOperation, Operation.State.RUNNING, steps, progress, message);
            }
            return this;
        }

        /** The operation that is going on has come on, or waits for something. */
        Entry progress(double progress, String message) {
            if (newOperation != null) {
                newOperation = changed(newOperation, newOperation.state(), newOperation.steps(), progress, message);
            }
            return this;
        }

        Entry end(Operation.State how, String message) {
            if (newOperation != null) {
                double progress = how == Operation.State.DONE ? 1 : newOperation.progress();
                Operation over = changed(newOperation, how, ended(newOperation), progress, message);
                changes.add(new Change.PutOperation(over));
                newOperation = null;
                newState = newState.withOperation(null);
            }
            return this;
        }

        Entry event(FleetEvent.Kind kind, String message, Map<String, String> data) {
            Instant now = now();
            FleetEvent event = new FleetEvent(
                Ulid.MAKER.next(now),
                now,
                kind,
                definition.name(),
                newInstance == null ? null : newInstance.node(),
                operationId,
                message,
                data
            );
            events.add(event);
            return this;
        }

        Entry wake(Phase from, Cause cause, Duration took, boolean ready) {
            Instant now = now();
            changes.add(
                new Change.AddWake(
                    new WakeRecord(Ulid.MAKER.next(now), definition.name(), now, from, cause, took, ready)
                )
            );
            return this;
        }

        /** The server is taken out of the records; its history stays. */
        Entry forget() {
            forgotten = true;
            return this;
        }

        /** Writes everything, then makes it so, then tells of it. Does nothing where nothing changed. */
        void commit() {
            if (forgotten) {
                changes.add(new Change.RemoveServer(definition.name()));
            } else {
                changeState();
            }
            events.forEach(event -> changes.add(new Change.AddEvent(event)));
            store.write(changes);
            definition = newDefinition;
            state = newState;
            instance = newInstance;
            operation = newOperation;
            events.forEach(told);
        }

        private void changeState() {
            if (!newState.equals(state)) {
                changes.add(new Change.PutState(newState));
            }
            if (newInstance != null && !newInstance.equals(instance)) {
                changes.add(new Change.PutInstance(newInstance));
            }
            if (newOperation != null && !newOperation.equals(operation)) {
                changes.add(new Change.PutOperation(newOperation));
            }
        }

        private List<Operation.Step> ended(Operation going) {
            Instant now = now();
            List<Operation.Step> steps = new ArrayList<>(going.steps());
            steps.replaceAll(step ->
                step.endedAt() == null ? new Operation.Step(step.name(), step.startedAt(), now, step.detail()) : step
            );
            return steps;
        }

        private Operation changed(
            Operation going,
            Operation.State how,
            List<Operation.Step> steps,
            double progress,
            String message
        ) {
            return new Operation(
                going.id(),
                going.kind(),
                going.server(),
                going.cause(),
                how,
                steps,
                Math.max(progress, going.progress()),
                message,
                going.createdAt(),
                now()
            );
        }
    }

    Entry entry() {
        return new Entry();
    }

    /** Whether the operation that is going on has begun that step. */
    boolean begun(String step) {
        return (
            operation != null &&
            operation
                .steps()
                .stream()
                .anyMatch(one -> one.name().equals(step))
        );
    }

    /** Brings the instance's record to what was seen; a new address is told. */
    void saw(String node, @Nullable SeenInstance seen) {
        Instance before = instance;
        if (before == null && seen == null) {
            return;
        }
        var after = seen == null ? nothing(node, Objects.requireNonNull(before)) : something(node, seen);
        if (after.equals(before)) {
            return;
        }
        HostAndPort address = after.address();
        Entry entry = entry().instance(after);
        HostAndPort known = before == null ? null : before.address();
        if (!Objects.equals(known, address)) {
            entry.event(
                FleetEvent.Kind.ADDRESS_CHANGED,
                address == null
                    ? definition.name() + " listens nowhere any more."
                    : definition.name() + " listens at " + address + ".",
                address == null ? Map.of() : Map.of("address", address.toString())
            );
        }
        entry.commit();
    }

    /** Its place is kept: its data are there. */
    private static Instance nothing(String node, Instance before) {
        return new Instance(before.id(), before.server(), node, before.name(), null, null, null);
    }

    private Instance something(String node, SeenInstance seen) {
        return new Instance(
            instance == null ? Ulid.MAKER.next(now()) : instance.id(),
            definition.name(),
            node,
            seen.name(),
            seen.handle(),
            seen.alive() ? seen.game(definition.workload()) : null,
            seen.alive() ? seen.startedAt() : null
        );
    }
}
