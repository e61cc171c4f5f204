package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Status;
import io.nightporter.orchestrator.store.Change;
import io.nightporter.orchestrator.store.StoreException;
import java.nio.file.Path;
import java.util.Map;
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

    @Test
    void aNodeThatGoesAndComesMeanwhileIsLostAndBackAndToldOfThen() {
        house.awake("survival");
        house.players("survival", 1);
        house.unwritable = _ -> true;
        house.node().cut = true;
        house.seconds(10);
        assertThat(house.view("survival").status()).isEqualTo(Status.UNREACHABLE);
        assertThat(house.view("survival").address()).isNull();

        house.node().cut = false;
        house.seconds(5);
        assertThat(house.view("survival").status()).isEqualTo(Status.RUNNING);
        assertThat(house.events(FleetEvent.Kind.NODE_LOST)).isZero();

        house.unwritable = _ -> false;
        house.seconds(5);
        assertThat(house.events(FleetEvent.Kind.NODE_LOST)).isEqualTo(1);
        assertThat(house.events(FleetEvent.Kind.NODE_BACK)).isEqualTo(1);
        house.node().cut = true;
        house.seconds(10);
        assertThat(house.view("survival").status()).isEqualTo(Status.UNREACHABLE);
    }

    @Test
    void aNodeThatCouldNotBeDefinedAnewIsAsItWasAndCanBe() {
        house.awake("survival");
        var moved = new NodeDefinition(
            "n1",
            ManagedBy.API,
            "docker",
            "tcp://10.0.0.2:2376",
            Map.of(),
            null,
            Resources.UNLIMITED,
            null,
            false
        );
        house.unwritable = _ -> true;
        assertThatThrownBy(() -> house.fleet().define(moved)).isInstanceOf(StoreException.class);
        house.seconds(20);
        assertThat(house.view("survival").status()).isEqualTo(Status.RUNNING);
        assertThat(house.fleet().nodes().getFirst().definition().endpoint()).isNull();

        house.unwritable = _ -> false;
        assertThat(house.fleet().define(moved)).isEqualTo(new OrderAnswer.Already("Node n1 was defined."));
        house.seconds(5);
        assertThat(house.view("survival").status()).isEqualTo(Status.RUNNING);
        assertThat(house.fleet().nodes().getFirst().reachable()).isTrue();
    }
}
