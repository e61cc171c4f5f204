package io.nightporter.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
}
