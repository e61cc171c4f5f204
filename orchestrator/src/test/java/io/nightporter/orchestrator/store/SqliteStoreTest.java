package io.nightporter.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
