package io.nightporter.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTroubleTest {

    private final StoreException full = new StoreException("the disk is full", null);

    private static final Logger LOG = Logger.getLogger(Trouble.class.getName());
    private final List<String> said = new ArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private long now;
    private final Trouble trouble = new Trouble("written", () -> now);

    @BeforeEach
    void listen() {
        LOG.addHandler(ear);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(ear);
    }

    @Test
    void itIsSaidOnceAMinuteAndWhenItIsOver() {
        trouble.worked();
        assertThat(said).isEmpty();
        for (int i = 0; i < 1000; i++) {
            trouble.failed(full);
        }
        assertThat(said).containsExactly("fleet records not written failures=1 reason=\"the disk is full\"");

        now = Trouble.PERIOD_NANOS - 1;
        trouble.failed(full);
        assertThat(said).hasSize(1);
        now = Trouble.PERIOD_NANOS;
        trouble.failed(full);
        assertThat(said).hasSize(2).last().asString().contains("failures=1002");

        trouble.worked();
        trouble.worked();
        assertThat(said).hasSize(3).last().isEqualTo("fleet records written again failures=1002");

        trouble.failed(full);
        assertThat(said).hasSize(4).last().asString().contains("failures=1 ");
    }
}
