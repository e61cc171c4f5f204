package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Status;
import io.nightporter.orchestrator.model.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that somebody else made and that make themselves servers. */
class LabelledServersTest {

    @TempDir
    private Path folder;

    private SimHouse house;

    @BeforeEach
    void open() {
        house = new SimHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private SimNode.Container container(String name, Map<String, String> labels) {
        var spec = new InstanceSpec(name, name, new Workload.Container(name, 25_565), Resources.UNLIMITED, Map.of());
        return house.node().create(spec, labels);
    }

    private List<String> hosts(String server) {
        return house.view(server).definition().hosts();
    }

    @Test
    void aContainerWithALabelIsAServerAsLongAsItIsThere() {
        SimNode.Container made = container("oldbox", Map.of(Labels.HOST, "old.example.com,old2.example.com"));
        container("other", Map.of());
        house.seconds(2);
        assertThat(house.fleet().servers())
            .singleElement()
            .satisfies(server -> {
                assertThat(server.definition().managedBy()).isEqualTo(ManagedBy.DOCKER);
                assertThat(server.definition().hosts()).containsExactly("old.example.com", "old2.example.com");
            });

        house.awake("oldbox");
        house.pass(Duration.ofMinutes(6));
        assertThat(house.phase("oldbox")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().deeds).containsExactly("start oldbox", "stop oldbox");

        house.node().remove(made);
        house.seconds(10);
        assertThat(house.fleet().servers()).isEmpty();
        assertThat(house.store.servers()).isEmpty();
    }

    @Test
    void oneThatComesWhileTheDatabaseIsAwayIsAServerLaterAndItsNodeIsWatchedOn() {
        house.unwritable = _ -> true;
        container("oldbox", Map.of(Labels.HOST, "old.example.com"));
        house.pass(Duration.ofMinutes(3));
        assertThat(house.fleet().servers()).isEmpty();

        house.unwritable = _ -> false;
        house.seconds(3);
        assertThat(hosts("oldbox")).containsExactly("old.example.com");
        house.node().cut = true;
        house.seconds(10);
        assertThat(house.view("oldbox").status()).isEqualTo(Status.UNREACHABLE);
    }

    @Test
    void oneThatIsMadeAnewWithOtherLabelsIsTheSameServerWithAnotherDefinition() {
        SimNode.Container made = container("oldbox", Map.of(Labels.HOST, "old.example.com"));
        house.seconds(2);
        house.now(house.fleet().pin("oldbox", "admin"));
        house.seconds(30);
        house.node().end(made, made.run, 0);
        house.node().remove(made);
        house.seconds(2);
        container("oldbox", Map.of(Labels.HOST, "new.example.com"));
        house.seconds(10);

        assertThat(hosts("oldbox")).containsExactly("new.example.com");
        assertThat(house.view("oldbox").state().pinnedBy()).isEqualTo("admin");
        house.seconds(30);
        assertThat(house.phase("oldbox")).as("pinned").isEqualTo(Phase.AWAKE);
    }

    @Test
    void oneThatRunsWithoutItsLabelsIsNoServerAndGoesOn() {
        SimNode.Container made = container("oldbox", Map.of(Labels.HOST, "old.example.com"));
        house.seconds(2);
        house.awake("oldbox");
        house.node().end(made, made.run, 0);
        house.node().remove(made);
        SimNode.Container next = container("oldbox", Map.of());
        house.node().start(next);
        house.seconds(90);

        assertThat(house.fleet().servers()).isEmpty();
        assertThat(next.state.alive()).isTrue();
    }

    @Test
    void aNameThatSomebodyElseHasIsLeftToThem() {
        house.define(SimHouse.server("survival"));
        container("box", Map.of(Labels.HOST, "a.example.com", "nightporter.name", "survival"));
        house.seconds(70);
        assertThat(house.view("survival").definition().managedBy()).isEqualTo(ManagedBy.API);

        SimNode.Container first = container("first", Map.of(Labels.HOST, "b", "nightporter.name", "lobby"));
        house.seconds(2);
        container("second", Map.of(Labels.HOST, "c", "nightporter.name", "lobby"));
        house.seconds(70);
        assertThat(hosts("lobby")).containsExactly("b");
        house.node().remove(first);
        house.seconds(10);
        assertThat(hosts("lobby")).as("whoever waited for the name").containsExactly("c");
        assertThat(house.now(house.fleet().remove("lobby", ManagedBy.API, SimHouse.ADMIN))).isEqualTo(
            new OrderAnswer.Refused("lobby comes from labels of a container and can only be changed there.")
        );
    }

    @Test
    void labelsThatAreWrongChangeNothing() {
        SimNode.Container made = container("oldbox", Map.of(Labels.HOST, "old.example.com"));
        container("never", Map.of(Labels.HOST, "wrong"));
        house.seconds(2);
        house.node().remove(made);
        container("oldbox", Map.of(Labels.HOST, "wrong"));
        house.seconds(90);
        assertThat(hosts("oldbox")).containsExactly("old.example.com");
        assertThat(house.fleet().servers()).hasSize(1);
    }

    @Test
    void aNodeThatCannotBeReachedKeepsItsServersAndARestartFindsWhatHasGone() {
        SimNode.Container made = container("oldbox", Map.of(Labels.HOST, "old.example.com"));
        house.seconds(2);
        house.node().cut = true;
        house.pass(Duration.ofMinutes(3));
        assertThat(house.fleet().servers()).hasSize(1);
        house.kill();
        house.node().remove(made);
        house.node().cut = false;
        house.reopen();
        house.seconds(10);
        assertThat(house.fleet().servers()).isEmpty();
    }
}
