package io.nightporter.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreContract {

    private @Nullable String url;

    @Override
    Store open() {
        if (url == null) {
            url = PostgresServer.newDatabase();
        }
        return SqlStore.open(url, Path.of("."));
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedWithoutThePassword() {
        String missing = PostgresServer.newDatabase().replace("/fleet", "/nosuch") + "&password=hunter2";

        assertThatThrownBy(() -> SqlStore.open(missing, Path.of(".")))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("nosuch")
            .hasMessageContaining("does not exist")
            .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    /** As the database's restart does it, or a firewall that forgets. */
    private void cutSessions() throws SQLException {
        try (
            Connection admin = DriverManager.getConnection("jdbc:" + url);
            Statement statement = admin.createStatement()
        ) {
            statement.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()" +
                    " AND pid <> pg_backend_pid()"
            );
        }
    }

    /** The first write may meet a connection that is gone. */
    private static void writeAgain(Store store) {
        StoreException last = null;
        for (int i = 0; i < 10; i++) {
            try {
                store.write(new Change.RemoveNode("nobody"));
                return;
            } catch (StoreException e) {
                last = e;
            }
        }
        throw new AssertionError("nothing can be written any more", last);
    }

    @Test
    void whoHasLostItsSessionTakesTheStoreAgain() throws Exception {
        cutSessions();
        writeAgain(store);

        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("is in use");
    }

    @Test
    void whoHasLostTheStoreToSomebodyElseWritesNothingUntilThatOneGoes() throws Exception {
        cutSessions();
        try (Store other = open()) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> store.write(new Change.RemoveNode("nobody"))).isInstanceOf(
                    StoreException.class
                );
            }
            assertThatThrownBy(() -> store.write(new Change.RemoveNode("nobody"))).hasMessageContaining(
                "is in use by another Nightporter"
            );
            other.write(new Change.RemoveNode("nobody"));
        }
        writeAgain(store);
    }
}
