package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.store.Change;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens at a moment at which nothing can be recorded is made good when it can. */
class DatabaseAwayTest {

    @TempDir
    private Path folder;

    private SimHouse house;

    @BeforeEach
    void open() {
        house = new SimHouse(folder);
        house.define(SimHouse.server("survival"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aServerThatIsReadyMeanwhileIsAwakeThen() {
        house.wake("survival");
        house.seconds(10);
        house.unwritable = _ -> true;
        house.seconds(60);
        assertThat(house.phase("survival")).isEqualTo(Phase.STARTING);

        house.unwritable = _ -> false;
        house.seconds(3);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.node().deeds("start survival")).isEqualTo(1);
    }

    @Test
    void aServerThatEndsMeanwhileIsAsleepThen() {
        house.awake("survival");
        house.unwritable = changes ->
            changes
                .stream()
                .anyMatch(
                    change ->
                        change instanceof Change.AddEvent(FleetEvent event) &&
                        event.kind() == FleetEvent.Kind.INSTANCE_DIED
                );
        house.node().end(house.node().of("survival"), 1, 1);
        house.seconds(30);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);

        house.unwritable = _ -> false;
        house.seconds(3);
        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_DIED)).isEqualTo(1);
        assertThat(house.view("survival").state().lastLines()).last().asString().contains("out of luck");
    }
}
