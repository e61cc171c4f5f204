package io.nightporter.orchestrator.store;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.WakeRecord;
import java.time.Instant;

/** Something to be written to a {@link Store}. To put means to replace what has the same key. */
public sealed interface Change {
    record PutNode(NodeDefinition node, Instant at) implements Change {}

    record RemoveNode(String name) implements Change {}

    record PutServer(ServerDefinition server, Instant at) implements Change {}

    /** With its state and its instance's record; its history stays. */
    record RemoveServer(String name) implements Change {}

    /** The server must be there. */
    record PutState(ServerState state) implements Change {}

    /** The server must be there, and have no other instance. */
    record PutInstance(Instance instance) implements Change {}

    record RemoveInstance(String id) implements Change {}

    record PutOperation(Operation operation) implements Change {}

    record AddEvent(FleetEvent event) implements Change {}

    record AddWake(WakeRecord wake) implements Change {}
}
