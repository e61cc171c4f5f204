package io.nightporter.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.store.StoreException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Operations that are going on, and how those ended that are over. Events tell only which operation they belong to; what
 * became of it is looked up, by a thread that may wait.
 */
final class OperationCounts {

    private final MeterRegistry registry;
    private final Function<String, Optional<Operation>> lookUp;
    /** Ids of operations that were not over when they were last looked up, or that are still to be. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean lookingUp = new AtomicBoolean();

    private volatile Map<Operation.Kind, Integer> running = Map.of();

    /** @param lookUp an operation by its id; may block and throw {@link StoreException} */
    OperationCounts(MeterRegistry registry, Function<String, Optional<Operation>> lookUp) {
        this.registry = registry;
        this.lookUp = lookUp;
        for (Operation.Kind kind : Operation.Kind.values()) {
            Gauge.builder("nightporter.operations.running", () -> running.getOrDefault(kind, 0))
                .description("Operations that are going on")
                .tags("kind", FleetMetrics.word(kind.name()))
                .register(registry);
            for (Operation.State state : Operation.State.values()) {
                if (state.over()) {
                    counter(kind, state);
                }
            }
        }
    }

    private Counter counter(Operation.Kind kind, Operation.State result) {
        return Counter.builder("nightporter.operations")
            .description("Operations that are over, by how they ended")
            .tags("kind", FleetMetrics.word(kind.name()), "result", FleetMetrics.word(result.name()))
            .register(registry);
    }

    /** This operation is to be looked up when {@link #settle} is called. */
    void note(String id) {
        open.add(id);
    }

    /** This operation has begun, come on or ended. Does not block. */
    void changed(String id) {
        note(id);
        if (lookingUp.compareAndSet(false, true)) {
            Thread.ofVirtual()
                .name("operations of the metrics")
                .start(() -> {
                    lookingUp.set(false);
                    settle();
                });
        }
    }

    /** Looks up everything that was not over. Blocks. */
    synchronized void settle() {
        var going = new EnumMap<Operation.Kind, Integer>(Operation.Kind.class);
        try {
            for (Iterator<String> ids = open.iterator(); ids.hasNext(); ) {
                Operation operation = lookUp.apply(ids.next()).orElse(null);
                if (operation != null && !operation.state().over()) {
                    going.merge(operation.kind(), 1, Integer::sum);
                    continue;
                }
                ids.remove();
                if (operation != null) {
                    counter(operation.kind(), operation.state()).increment();
                }
            }
            running = going;
        } catch (StoreException _) {
            // The store says so itself; what it did not tell is asked again.
        }
    }
}
