package io.nightporter.orchestrator.store;

import java.io.IOException;
import java.sql.SQLException;

/** What keeps other Nightporters away from a database. Safe for all threads. */
interface Claim extends AutoCloseable {
    /**
     * Makes sure of it before something is written.
     *
     * @throws StoreException when another Nightporter has it by now
     * @throws SQLException when nobody knows
     */
    void hold() throws SQLException;

    @Override
    void close() throws IOException, SQLException;
}
