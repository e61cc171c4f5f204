package io.nightporter.orchestrator.store;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.WakeRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that has to be known after the end of the process, however that came. All calls block; what was written is
 * on the disk when the call returns. Safe for all threads.
 *
 * <p>All calls throw {@link StoreException} when the database does not do what it should.
 */
public interface Store extends AutoCloseable {
    /** Writes all of it, in this order, or nothing. */
    void write(List<Change> changes);

    /** {@link #write(List)} of what is given. */
    default void write(Change... changes) {
        write(List.of(changes));
    }

    List<NodeDefinition> nodes();

    /** By name. */
    List<ServerDefinition> servers();

    /** Of servers that have one. */
    List<ServerState> states();

    List<Instance> instances();

    Optional<Operation> operation(String id);

    /** Those that are not over, oldest first. */
    List<Operation> runningOperations();

    /**
     * Newest first.
     *
     * @param server null: of all servers
     */
    List<Operation> operations(@Nullable String server, int limit);

    /**
     * Oldest first.
     *
     * @param after the id of an event: only later ones; null: from the beginning
     * @param server null: of all servers, and of none
     */
    List<FleetEvent> eventsAfter(@Nullable String after, @Nullable String server, int limit);

    /** The last ones, oldest first. */
    List<FleetEvent> latestEvents(@Nullable String server, int limit);

    /** The last starts, newest first. */
    List<WakeRecord> wakes(String server, int limit);

    /** Forgets events, wakes and operations that were over before that. */
    void forgetBefore(Instant when);

    @Override
    void close();
}
