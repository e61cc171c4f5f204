package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.WakeRules;
import io.nightporter.orchestrator.model.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How servers come into the fleet, change there, and leave it. */
class DefinitionsTest {

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
    void whatItNeedsIsWokenFirstAndKeptAwake() {
        house.define(SimHouse.server("database"));
        house.define(
            SimHouse.server("shop")
                .but()
                .wake(new WakeRules(new WakeRules.Everyone(), List.of("database")))
                .build()
        );
        house.wake("shop");
        house.seconds(15);
        assertThat(house.phase("database")).isEqualTo(Phase.STARTING);
        assertThat(house.node().deeds("start shop")).isZero();
        house.seconds(30);
        assertThat(house.phase("shop")).isEqualTo(Phase.AWAKE);

        house.players("shop", 1);
        house.pass(Duration.ofHours(1));
        assertThat(house.phase("database")).isEqualTo(Phase.AWAKE);

        house.players("shop", 0);
        house.pass(Duration.ofMinutes(12));
        assertThat(house.phase("shop")).isEqualTo(Phase.ASLEEP);
        assertThat(house.phase("database")).isEqualTo(Phase.ASLEEP);
    }

    @Test
    void serversThatWouldWaitForEachOtherAreRefused() {
        house.define(
            SimHouse.server("a")
                .but()
                .wake(new WakeRules(new WakeRules.Everyone(), List.of("b")))
                .build()
        );
        OrderAnswer answer = house.now(
            house.fleet().define(
                SimHouse.server("b")
                    .but()
                    .wake(new WakeRules(new WakeRules.Everyone(), List.of("a")))
                    .build()
            )
        );
        assertThat(answer).isInstanceOfSatisfying(OrderAnswer.Refused.class, refused ->
            assertThat(refused.message()).contains("b needs a, which needs b")
        );
    }

    @Test
    void anotherDefinitionMakesAnotherContainerAtTheNextStart() {
        house.awake("survival");
        house.define(
            house
                .view("survival")
                .definition()
                .but()
                .resources(new Resources(8L << 30, null))
                .build()
        );
        house.seconds(60);
        assertThat(house.node().deeds("remove survival")).isZero();

        house.fleet().restart("survival", SimHouse.ADMIN);
        house.seconds(30);

        assertThat(house.phase("survival")).isEqualTo(Phase.AWAKE);
        assertThat(house.node().deeds("remove survival")).isEqualTo(1);
        assertThat(house.node().of("survival").spec.resources().memoryBytes()).isEqualTo(8L << 30);
    }

    @Test
    void onlyWhoDefinedAServerMayChangeIt() {
        OrderAnswer answer = house.now(
            house.fleet().define(house.view("survival").definition().but().managedBy(ManagedBy.YAML).build())
        );
        assertThat(answer).isEqualTo(
            new OrderAnswer.Refused("survival comes from the admin API and can only be changed there.")
        );
    }

    @Test
    void aServerIsRemovedWithItsContainer() {
        house.awake("survival");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(10);
        assertThat(house.now(house.fleet().remove("survival", ManagedBy.API, SimHouse.ADMIN))).isInstanceOf(
            OrderAnswer.Already.class
        );

        assertThat(house.fleet().servers()).isEmpty();
        assertThat(house.node().containers).isEmpty();
        assertThat(house.store.servers()).isEmpty();
        assertThat(house.wake("survival")).isEqualTo(new WakeAnswer.Unknown());
    }

    @Test
    void aContainerOfSomebodyElseIsStartedAndStoppedAndNeverMadeOrRemoved() {
        var spec = new InstanceSpec(
            "mc-abc123",
            "oldbox",
            new Workload.Container("mc-abc123", 25_565),
            Resources.UNLIMITED,
            Map.of()
        );
        house.node().create(spec, Map.of());
        house.define(
            ServerDefinition.named("oldbox", new Workload.Container("mc-abc123", 25_565))
                .node("n1")
                .plan(Plan.PAY_PER_USE)
                .build()
        );
        house.awake("oldbox");
        house.pass(Duration.ofMinutes(6));

        assertThat(house.phase("oldbox")).isEqualTo(Phase.ASLEEP);
        assertThat(house.node().deeds).containsExactly("start oldbox", "stop oldbox");
    }

    private void foreign(String container) {
        var spec = new InstanceSpec(
            container,
            container,
            new Workload.Container(container, 25_565),
            Resources.UNLIMITED,
            Map.of()
        );
        house.node().create(spec, Map.of());
    }

    private static ServerDefinition in(Workload workload) {
        return ServerDefinition.named("oldbox", workload).node("n1").plan(Plan.PAY_PER_USE).build();
    }

    @Test
    void anotherContainerHoldsFromTheNextStartOn() {
        foreign("mc-old");
        foreign("mc-new");
        house.define(in(new Workload.Container("mc-old", 25_565)));
        house.awake("oldbox");
        house.define(in(new Workload.Container("mc-new", 25_565)));
        house.seconds(30);
        assertThat(house.phase("oldbox")).isEqualTo(Phase.AWAKE);
        assertThat(house.node().deeds).containsExactly("start mc-old");
        house.pass(Duration.ofMinutes(6));
        assertThat(house.phase("oldbox")).isEqualTo(Phase.ASLEEP);

        house.awake("oldbox");
        assertThat(house.node().deeds).containsExactly("start mc-old", "stop mc-old", "start mc-new");
        assertThat(house.view("oldbox").instance())
            .isNotNull()
            .satisfies(it -> assertThat(it.name()).isEqualTo("mc-new"));
    }

    @Test
    void aServerBecomesSomebodyElsesContainerAndOneOfOursAgain() {
        foreign("mc-old");
        Workload image = SimHouse.server("oldbox").workload();
        house.define(in(image));
        house.awake("oldbox");
        house.pass(Duration.ofMinutes(6));
        house.define(in(new Workload.Container("mc-old", 25_565)));
        house.awake("oldbox");
        assertThat(house.node().deeds).endsWith("stop oldbox", "start mc-old");
        house.pass(Duration.ofMinutes(6));

        house.define(in(image));
        house.awake("oldbox");
        assertThat(house.node().deeds).endsWith("stop mc-old", "start oldbox");
    }

    @Test
    void somebodyElsesServerIsThereAndCannotBeOrdered() {
        house.define(ServerDefinition.named("creative", new Workload.Elsewhere(List.of())).build());

        assertThat(house.wake("creative")).isInstanceOf(WakeAnswer.Awake.class);
        assertThat(house.now(house.fleet().stop("creative", SimHouse.ADMIN))).isInstanceOf(OrderAnswer.Refused.class);
    }

    @Test
    void aServerWithoutANodeGoesWhereMostMemoryIsFree() {
        house.node("n2");
        house.fleet().define(node("n1", 4));
        house.fleet().define(node("n2", 16));
        house.define(
            SimHouse.server("roaming")
                .but()
                .node(null)
                .resources(new Resources(6L << 30, null))
                .build()
        );
        house.awake("roaming");
        assertThat(house.view("roaming").node()).isEqualTo("n2");

        house.define(
            SimHouse.server("second")
                .but()
                .node(null)
                .resources(new Resources(12L << 30, null))
                .build()
        );
        house.wake("second");
        house.seconds(30);
        assertThat(house.phase("second")).isEqualTo(Phase.STARTING);
        assertThat(house.store.runningOperations())
            .singleElement()
            .satisfies(operation -> assertThat(operation.message()).startsWith("No node will do for second"));
        house.fleet().stop("roaming", SimHouse.ADMIN);
        house.seconds(30);
        assertThat(house.phase("second")).isEqualTo(Phase.AWAKE);
    }

    private static NodeDefinition node(String name, long gib) {
        return new NodeDefinition(
            name,
            ManagedBy.API,
            "docker",
            null,
            Map.of(),
            null,
            new Resources(gib << 30, null),
            null,
            false
        );
    }
}
