package io.nightporter.orchestrator.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * An advisory lock of PostgreSQL. It belongs to one session, so it ends with the process in any case; and it is gone when the
 * database was restarted, or the session was cut, in between. Then it is taken again, unless somebody else was faster.
 */
final class SessionClaim implements Claim {

    /** Any number will do that others do not use for something else: the first letters of Nightporter. */
    private static final long NUMBER = 0x4E69676874L;

    private static final int ANSWER_SECONDS = 5;

    /** The lock of a machine that has vanished from the network is free after half a minute. */
    private static final String KEEP_ALIVE =
        "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

    private final HikariDataSource connections;
    private final String name;
    private @Nullable Connection session;

    /** @param name of the database, for people */
    SessionClaim(HikariDataSource connections, String name) {
        this.connections = connections;
        this.name = name;
    }

    @Override
    public synchronized void hold() throws SQLException {
        if (session != null) {
            if (session.isValid(ANSWER_SECONDS)) {
                return;
            }
            connections.evictConnection(session);
            session = null;
        }
        session = take();
    }

    private Connection take() throws SQLException {
        Connection taken = connections.getConnection();
        try (PreparedStatement statement = taken.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, NUMBER);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next() || !result.getBoolean(1)) {
                    throw Database.taken(name);
                }
            }
            try (Statement keepAlive = taken.createStatement()) {
                keepAlive.execute(KEEP_ALIVE);
            }
            return taken;
        } catch (SQLException | StoreException e) {
            taken.close();
            throw e;
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        Connection held = session;
        session = null;
        if (held == null) {
            return;
        }
        try (PreparedStatement statement = held.prepareStatement("SELECT pg_advisory_unlock(?)")) {
            statement.setLong(1, NUMBER);
            statement.execute();
        } finally {
            held.close();
        }
    }
}
