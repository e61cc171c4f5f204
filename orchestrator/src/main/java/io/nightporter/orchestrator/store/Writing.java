package io.nightporter.orchestrator.store;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.WakeRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Changes as statements. */
final class Writing {

    private Writing() {}

    static void write(Sql sql, Change change) throws SQLException {
        switch (change) {
            case Change.PutNode(NodeDefinition node, Instant at) -> put(
                sql,
                "node",
                "name, managed_by, definition, updated_at",
                node.name(),
                node.managedBy(),
                Json.write(node),
                at
            );
            case Change.RemoveNode(String name) -> sql.update("DELETE FROM node WHERE name = ?", name);
            case Change.PutServer(ServerDefinition server, Instant at) -> put(
                sql,
                "server",
                "name, managed_by, definition, updated_at",
                server.name(),
                server.managedBy(),
                Json.write(server),
                at
            );
            case Change.RemoveServer(String name) -> sql.update("DELETE FROM server WHERE name = ?", name);
            case Change.PutState(ServerState state) -> put(sql, state);
            case Change.PutInstance(Instance instance) -> put(sql, instance);
            case Change.RemoveInstance(String id) -> sql.update("DELETE FROM instance WHERE id = ?", id);
            case Change.PutOperation(Operation operation) -> put(sql, operation);
            case Change.AddEvent(FleetEvent event) -> put(
                sql,
                "event",
                "id, at, kind, server, node, operation, message, data",
                event.id(),
                event.at(),
                event.kind(),
                event.server(),
                event.node(),
                event.operation(),
                event.message(),
                Json.write(event.data())
            );
            case Change.AddWake(WakeRecord wake) -> put(
                sql,
                "wake",
                "id, server, at, phase_from, cause, took_millis, ready",
                wake.id(),
                wake.server(),
                wake.at(),
                wake.from(),
                Json.write(wake.cause()),
                wake.took().toMillis(),
                wake.ready() ? 1 : 0
            );
        }
    }

    private static void put(Sql sql, ServerState state) throws SQLException {
        put(
            sql,
            "server_state",
            "server, phase, since, pinned_by, stopped_by, operation, failed_starts, failure, last_lines",
            state.server(),
            state.phase(),
            state.since(),
            state.pinnedBy(),
            state.stoppedBy(),
            state.operation(),
            state.failedStarts(),
            state.failure(),
            Json.write(state.lastLines())
        );
    }

    private static void put(Sql sql, Instance instance) throws SQLException {
        HostAndPort address = instance.address();
        put(
            sql,
            "instance",
            "id, server, node, name, handle, host, port, started_at",
            instance.id(),
            instance.server(),
            instance.node(),
            instance.name(),
            instance.handle(),
            address == null ? null : address.host(),
            address == null ? null : address.port(),
            instance.startedAt()
        );
    }

    private static void put(Sql sql, Operation operation) throws SQLException {
        put(
            sql,
            "operation",
            "id, kind, server, cause, state, steps, progress, message, created_at, updated_at",
            operation.id(),
            operation.kind(),
            operation.server(),
            Json.write(operation.cause()),
            operation.state(),
            Json.write(operation.steps()),
            operation.progress(),
            operation.message(),
            operation.createdAt(),
            operation.updatedAt()
        );
    }

    /** Writes a row, over the one with the same key if there is one. The key is the first column. */
    private static void put(Sql sql, String table, String columns, @Nullable Object... values) throws SQLException {
        String[] names = columns.split(", ");
        var assignments = new StringBuilder();
        for (int i = 1; i < names.length; i++) {
            assignments
                .append(i > 1 ? ", " : "")
                .append(names[i])
                .append(" = excluded.")
                .append(names[i]);
        }
        String places = String.join(", ", Collections.nCopies(names.length, "?"));
        sql.update(
            "INSERT INTO " +
                table +
                " (" +
                columns +
                ") VALUES (" +
                places +
                ") ON CONFLICT (" +
                names[0] +
                ") DO UPDATE SET " +
                assignments,
            values
        );
    }
}
