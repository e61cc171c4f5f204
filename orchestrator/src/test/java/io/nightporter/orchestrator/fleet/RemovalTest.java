package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are taken out of the fleet. */
class RemovalTest {

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

    private CompletableFuture<OrderAnswer> remove() {
        return house.fleet().remove("survival", ManagedBy.API, SimHouse.ADMIN);
    }

    @Test
    void aServerThatRunsIsStoppedBeforeItIsRemoved() {
        house.awake("survival");
        assertThat(house.now(remove())).isInstanceOf(OrderAnswer.Begun.class);
        String operation = house.store.operations("survival", 1).getFirst().id();
        assertThat(house.phase("survival")).isEqualTo(Phase.STOPPING);
        assertThat(house.wake("survival")).isInstanceOf(WakeAnswer.Refused.class);
        refused(house.now(house.fleet().restart("survival", SimHouse.ADMIN)));
        assertThat(house.now(remove())).isEqualTo(new OrderAnswer.Begun(operation));

        house.seconds(10);

        assertThat(house.fleet().servers()).isEmpty();
        assertThat(house.node().containers).isEmpty();
        assertThat(house.store.servers()).isEmpty();
        assertThat(house.store.operation(operation).orElseThrow().state()).isEqualTo(Operation.State.DONE);
        assertThat(house.node().deeds).endsWith("stop survival", "remove survival");
    }

    @Test
    void aRemovalGoesOnWhereverNightporterWasKilled() throws IOException {
        int steps = Integer.MAX_VALUE;
        int tried = 0;
        for (int step = 1; step <= steps; step++) {
            try (var killed = new SimHouse(Files.createTempDirectory(folder, "store"))) {
                killed.define(SimHouse.server("survival"));
                killed.awake("survival");
                int first = killed.interactions;
                int last = first + step;
                killed.interaction = number -> {
                    if (number == last) {
                        killed.kill();
                    }
                };
                killed.fleet().remove("survival", ManagedBy.API, SimHouse.ADMIN);
                killed.seconds(20);
                if (!killed.life.over()) {
                    steps = killed.interactions - first;
                    break;
                }
                killed.interaction = _ -> {};
                boolean recorded = killed.store
                    .operations("survival", 1)
                    .stream()
                    .anyMatch(operation -> operation.kind() == Operation.Kind.STOP);
                killed.reopen();
                killed.seconds(60);
                assertThat(killed.fleet().servers())
                    .as("after step %s", step)
                    .hasSize(recorded ? 0 : 1);
                assertThat(killed.node().alive("survival")).isEqualTo(recorded ? 0 : 1);
                tried++;
            }
        }
        assertThat(tried).isGreaterThanOrEqualTo(8);
    }

    private static void refused(OrderAnswer answer) {
        assertThat(answer).isInstanceOfSatisfying(OrderAnswer.Refused.class, refused ->
            assertThat(refused.message()).contains("survival is being removed")
        );
    }

    @Test
    void whatIsDefinedWhileItIsStoppedToGoIsRefusedAndNotLost() {
        house.awake("survival");
        remove();
        house.seconds(1);
        refused(house.now(house.fleet().define(SimHouse.server("survival").but().hosts(List.of("new.test")).build())));
        house.seconds(10);
        assertThat(house.fleet().servers()).isEmpty();

        house.define(SimHouse.server("survival").but().hosts(List.of("new.test")).build());
        assertThat(house.view("survival").definition().hosts()).containsExactly("new.test");
    }

    @Test
    void whoAsksWhileItsContainerGoesIsAnswered() {
        house.awake("survival");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(10);
        List<CompletableFuture<OrderAnswer>> orders = new ArrayList<>();
        List<CompletableFuture<WakeAnswer>> wakes = new ArrayList<>();
        house.fault = (call, before) -> {
            if (before && call.equals("remove survival")) {
                orders.add(house.fleet().define(SimHouse.server("survival").but().hosts(List.of("new.test")).build()));
                orders.add(remove());
                orders.add(house.fleet().restart("survival", SimHouse.ADMIN));
                wakes.add(house.fleet().wake("survival", SimHouse.STEVE));
            }
        };

        assertThat(house.now(remove())).isInstanceOf(OrderAnswer.Already.class);
        house.seconds(5);

        refused(orders.get(0).getNow(null));
        assertThat(orders.get(1).getNow(null)).isInstanceOf(OrderAnswer.Already.class);
        refused(orders.get(2).getNow(null));
        assertThat(wakes)
            .singleElement()
            .satisfies(wake -> assertThat(wake.getNow(null)).isInstanceOf(WakeAnswer.Refused.class));
        assertThat(house.fleet().servers()).isEmpty();
        assertThat(house.node().containers).isEmpty();
        assertThat(house.node().deeds("start survival")).isEqualTo(1);
    }

    @Test
    void aRemovalGoesOnWhenTheDatabaseIsBack() {
        house.awake("survival");
        house.fleet().stop("survival", SimHouse.ADMIN);
        house.seconds(10);
        house.unwritable = _ -> true;
        remove();
        house.seconds(10);
        assertThat(house.fleet().servers()).hasSize(1);

        house.unwritable = _ -> false;
        house.seconds(5);
        assertThat(house.fleet().servers()).isEmpty();
        assertThat(house.store.servers()).isEmpty();
    }
}
