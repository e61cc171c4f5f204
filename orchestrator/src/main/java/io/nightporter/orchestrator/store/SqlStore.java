package io.nightporter.orchestrator.store;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.WakeRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The store in a database that speaks SQL. */
public final class SqlStore implements Store {

    private static final TypeReference<List<Operation.Step>> STEPS = new TypeReference<>() {};

    private final Database database;
    /** Waiting here costs less than waiting in the database, where it lets only one write. */
    private final ReentrantLock writing = new ReentrantLock(true);
    private final AccessStore access = new SqlAccessStore(this);
    private final Trouble notWritten = new Trouble("written", System::nanoTime);
    private final Trouble notRead = new Trouble("read", System::nanoTime);

    private SqlStore(Database database) {
        this.database = database;
    }

    /**
     * Opens the database, makes it if it is a file that is not there, and brings its tables to this version.
     *
     * @param url {@code sqlite:FILE} or {@code postgresql://HOST/DATABASE?user=…}
     * @param directory what a file's name is relative to
     * @throws StoreException when it cannot be used, or another Nightporter does
     */
    public static SqlStore open(String url, Path directory) {
        return new SqlStore(Database.open(url, directory));
    }

    /** Tokens and audit of the admin API, which are kept in the same database. */
    public AccessStore access() {
        return access;
    }

    @Override
    public void write(List<Change> changes) {
        if (!changes.isEmpty()) {
            oneAtATime(() -> transaction(changes));
        }
    }

    private void oneAtATime(Runnable write) {
        hold();
        if (!database.oneWriter()) {
            write.run();
            return;
        }
        writing.lock();
        try {
            write.run();
        } finally {
            writing.unlock();
        }
    }

    /** Whoever is not alone with the records must not write them. */
    private void hold() {
        try {
            database.claim().hold();
        } catch (SQLException e) {
            throw failed("written", e, notWritten);
        } catch (StoreException e) {
            notWritten.failed(e);
            throw e;
        }
    }

    /** One statement that writes. */
    void update(String sql, @Nullable Object... values) {
        oneAtATime(() -> {
            try (Connection connection = database.connections().getConnection()) {
                new Sql(connection).update(sql, values);
            } catch (SQLException e) {
                throw failed("written", e, notWritten);
            }
            notWritten.worked();
        });
    }

    private void transaction(List<Change> changes) {
        try (Connection connection = database.connections().getConnection()) {
            connection.setAutoCommit(false);
            try {
                var sql = new Sql(connection);
                for (Change change : changes) {
                    Writing.write(sql, change);
                }
                connection.commit();
            } catch (SQLException e) {
                undo(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failed("written", e, notWritten);
        }
        notWritten.worked();
    }

    private void undo(Connection connection, SQLException why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // SQLite rolls back by itself when its disk is full. Its driver does not notice, and would neither begin nor end
            // transactions any more.
            why.addSuppressed(e);
            database.connections().evictConnection(connection);
        }
    }

    @Override
    public List<NodeDefinition> nodes() {
        return query(
            row -> Json.read(row.text("definition"), NodeDefinition.class),
            "SELECT definition FROM node ORDER BY name"
        );
    }

    @Override
    public List<ServerDefinition> servers() {
        return query(
            row -> Json.read(row.text("definition"), ServerDefinition.class),
            "SELECT definition FROM server ORDER BY name"
        );
    }

    @Override
    public List<ServerState> states() {
        return query(
            row ->
                new ServerState(
                    row.text("server"),
                    Phase.valueOf(row.text("phase")),
                    row.moment("since"),
                    row.textOrNull("pinned_by"),
                    row.textOrNull("stopped_by"),
                    row.textOrNull("operation"),
                    row.number("failed_starts"),
                    row.text("failure"),
                    Json.read(row.text("last_lines"), Json.LINES)
                ),
            "SELECT * FROM server_state"
        );
    }

    @Override
    public List<Instance> instances() {
        return query(
            row ->
                new Instance(
                    row.text("id"),
                    row.text("server"),
                    row.text("node"),
                    row.text("name"),
                    row.textOrNull("handle"),
                    address(row),
                    row.momentOrNull("started_at")
                ),
            "SELECT * FROM instance"
        );
    }

    private static @Nullable HostAndPort address(Sql.Row row) throws SQLException {
        String host = row.textOrNull("host");
        return host == null ? null : new HostAndPort(host, row.number("port"));
    }

    @Override
    public Optional<Operation> operation(String id) {
        return query(SqlStore::readOperation, "SELECT * FROM operation WHERE id = ?", id).stream().findFirst();
    }

    @Override
    public List<Operation> runningOperations() {
        return query(
            SqlStore::readOperation,
            "SELECT * FROM operation WHERE state = ? ORDER BY id",
            Operation.State.RUNNING
        );
    }

    @Override
    public List<Operation> operations(@Nullable String server, int limit) {
        return server == null
            ? query(SqlStore::readOperation, "SELECT * FROM operation ORDER BY id DESC LIMIT ?", limit)
            : query(
                  SqlStore::readOperation,
                  "SELECT * FROM operation WHERE server = ? ORDER BY id DESC LIMIT ?",
                  server,
                  limit
              );
    }

    private static Operation readOperation(Sql.Row row) throws SQLException {
        return new Operation(
            row.text("id"),
            Operation.Kind.valueOf(row.text("kind")),
            row.text("server"),
            Json.read(row.text("cause"), Cause.class),
            Operation.State.valueOf(row.text("state")),
            Json.read(row.text("steps"), STEPS),
            row.fraction("progress"),
            row.text("message"),
            row.moment("created_at"),
            row.moment("updated_at")
        );
    }

    @Override
    public List<FleetEvent> eventsAfter(@Nullable String after, @Nullable String server, int limit) {
        String from = after == null ? "" : after;
        return server == null
            ? query(SqlStore::readEvent, "SELECT * FROM event WHERE id > ? ORDER BY id LIMIT ?", from, limit)
            : query(
                  SqlStore::readEvent,
                  "SELECT * FROM event WHERE server = ? AND id > ? ORDER BY id LIMIT ?",
                  server,
                  from,
                  limit
              );
    }

    @Override
    public List<FleetEvent> latestEvents(@Nullable String server, int limit) {
        List<FleetEvent> latest = new ArrayList<>(
            server == null
                ? query(SqlStore::readEvent, "SELECT * FROM event ORDER BY id DESC LIMIT ?", limit)
                : query(
                      SqlStore::readEvent,
                      "SELECT * FROM event WHERE server = ? ORDER BY id DESC LIMIT ?",
                      server,
                      limit
                  )
        );
        Collections.reverse(latest);
        return List.copyOf(latest);
    }

    private static FleetEvent readEvent(Sql.Row row) throws SQLException {
        return new FleetEvent(
            row.text("id"),
            row.moment("at"),
            FleetEvent.Kind.valueOf(row.text("kind")),
            row.textOrNull("server"),
            row.textOrNull("node"),
            row.textOrNull("operation"),
            row.text("message"),
            Json.read(row.text("data"), Json.DATA)
        );
    }

    @Override
    public List<WakeRecord> wakes(String server, int limit) {
        return query(
            row ->
                new WakeRecord(
                    row.text("id"),
                    row.text("server"),
                    row.moment("at"),
                    Phase.valueOf(row.text("phase_from")),
                    Json.read(row.text("cause"), Cause.class),
                    Duration.ofMillis(row.big("took_millis")),
                    row.number("ready") != 0
                ),
            "SELECT * FROM wake WHERE server = ? ORDER BY id DESC LIMIT ?",
            server,
            limit
        );
    }

    @Override
    public void forgetBefore(Instant when) {
        hold();
        try (Connection connection = database.connections().getConnection()) {
            var sql = new Sql(connection);
            sql.update("DELETE FROM event WHERE at < ?", when);
            sql.update("DELETE FROM wake WHERE at < ?", when);
            sql.update("DELETE FROM operation WHERE updated_at < ? AND state <> ?", when, Operation.State.RUNNING);
        } catch (SQLException e) {
            throw failed("tidied up", e, notWritten);
        }
        access.forgetAccessBefore(when);
    }

    <T> List<T> query(Sql.Reader<T> reader, String sql, @Nullable Object... values) {
        try (Connection connection = database.connections().getConnection()) {
            List<T> found = new Sql(connection).query(reader, sql, values);
            notRead.worked();
            return found;
        } catch (SQLException e) {
            throw failed("read", e, notRead);
        }
    }

    private static StoreException failed(String what, SQLException e, Trouble trouble) {
        var failure = new StoreException(
            "The records could not be " +
                what +
                ": " +
                String.valueOf(e.getMessage()).strip() +
                ". Check that the database is up, and that there is room on its disk.",
            e
        );
        trouble.failed(failure);
        return failure;
    }

    @Override
    public void close() {
        database.close();
    }
}
