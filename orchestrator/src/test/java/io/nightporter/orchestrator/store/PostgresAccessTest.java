package io.nightporter.orchestrator.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

class PostgresAccessTest extends AccessContract {

    private @Nullable String url;

    @Override
    SqlStore open() {
        if (url == null) {
            url = PostgresServer.newDatabase();
        }
        return SqlStore.open(url, Path.of("."));
    }
}
