package io.nightporter.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

    @TempDir
    private Path folder;

    @Override
    Store open() {
        return SqlStore.open("sqlite:data/nightporter.db", folder);
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws IOException {
        Files.writeString(
            folder.resolve("notes.txt"),
            "milk, bread, butter; and more than a hundred bytes of it. ".repeat(9)
        );

        assertThatThrownBy(() -> SqlStore.open("sqlite:notes.txt", folder))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("notes.txt cannot be used: ")
            .hasMessageContaining("Check what is written under store");
    }

    @Test
    void anUnknownKindOfStoreIsRefused() {
        assertThatThrownBy(() -> SqlStore.open("mysql://localhost/x", folder)).hasMessageContaining(
            "must begin with sqlite: or postgresql:"
        );
    }

    @Test
    void theNewestMigrationIsTheOneThatIsAskedFor() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/io/nightporter/orchestrator/store"))) {
            assertThat(
                migrations
                    .map(file -> String.valueOf(file.getFileName()))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
            ).hasValue(Database.VERSION);
        }
    }

    private Store other() {
        return SqlStore.open("sqlite:other.db", folder);
    }

    @Test
    void whatANewerNightporterHasWrittenIsLeftAlone() throws SQLException {
        other().close();
        try (
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("other.db"));
            Statement statement = connection.createStatement()
        ) {
            statement.execute("UPDATE flyway_schema_history SET version = '99'");
        }
        assertThatThrownBy(this::other).hasMessageContaining("was written by a newer version of Nightporter");
        // It was given back, so that the newer one can have it.
        assertThatThrownBy(this::other).hasMessageContaining("was written by a newer version of Nightporter");
    }
}
