package io.nightporter.orchestrator.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAccessTest extends AccessContract {

    @TempDir
    private Path folder;

    @Override
    SqlStore open() {
        return SqlStore.open("sqlite:nightporter.db", folder);
    }
}
