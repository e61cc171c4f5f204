package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Phase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a server from its first player to its last. */
class FleetTest {

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
    void aPlayerWakesASleepingServer() {
        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Starting.class);
        assertThat(house.phase("survival")).isEqualTo(Phase.STARTING);
        assertThat(house.view("survival").address()).isNull();

        house.seconds(21);

        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.view("survival").address()).isNotNull();
        assertThat(house.node().deeds).containsExactly("create survival", "start survival");
        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Awake.class);
    }

    @Test
    void anIdleServerIsStoppedAfterItsTime() {
        house.awake("survival");
        house.players("survival", 1);
        house.pass(Duration.ofHours(3));
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);

        house.players("survival", 0);
        house.seconds(299);
        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        house.seconds(5);

        assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().of("survival").state).isEqualTo(State.ENDED);
        assertThat(house.events(FleetEvent.Kind.INSTANCE_KILLED)).isZero();
    }
}
