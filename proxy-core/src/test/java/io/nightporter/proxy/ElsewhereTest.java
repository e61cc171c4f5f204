package io.nightporter.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.fleet.Fleet;
import io.nightporter.orchestrator.fleet.FleetListener;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.fleet.StartTimes;
import io.nightporter.orchestrator.fleet.WakeAnswer;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ElsewhereTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<ServerDefinition> defined = new CopyOnWriteArrayList<>();
    private final List<List<String>> told = new CopyOnWriteArrayList<>();

    @Test
    void whoWaitsSeesWhatWasDefinedInForce() {
        var elsewhere = new Elsewhere(new Defined(), definitions -> {
            pause(Duration.ofMillis(200));
            told.add(definitions.stream().map(ServerDefinition::name).toList());
        });
        elsewhere.begin();
        define("files", ManagedBy.YAML);
        define("first", ManagedBy.API);
        elsewhere.awaitInForce(LONG);
        assertThat(told).last().isEqualTo(List.of("first"));

        define("second", ManagedBy.DOCKER);
        elsewhere.awaitInForce(LONG);
        assertThat(told).last().isEqualTo(List.of("first", "second"));

        elsewhere.awaitInForce(LONG);
        assertThat(told).as("nothing has changed").hasSize(2);
    }

    @Test
    void nobodyWaitsForever() {
        var never = new CountDownLatch(1);
        var elsewhere = new Elsewhere(new Defined(), _ -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        define("first", ManagedBy.API);
        elsewhere.awaitInForce(Duration.ofMillis(50));
        never.countDown();
    }

    private void define(String name, ManagedBy by) {
        defined.add(ServerDefinition.named(name, new Workload.Container(name, 25_565)).managedBy(by).build());
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fleet that says what it has, and tells nobody when that changes. */
    private final class Defined implements Fleet {

        @Override
        public Optional<ServerView> server(String name) {
            return Optional.empty();
        }

        @Override
        public List<ServerView> servers() {
            return defined
                .stream()
                .map(one ->
                    new ServerView(
                        one,
                        ServerState.asleep(one.name(), Instant.EPOCH),
                        null,
                        true,
                        null,
                        null,
                        null,
                        StartTimes.UNKNOWN
                    )
                )
                .toList();
        }

        @Override
        public CompletableFuture<WakeAnswer> wake(String server, Cause cause) {
            throw new AssertionError("nobody plays");
        }

        @Override
        public void playersChanged(String server, int players) {
            throw new AssertionError("nobody plays");
        }

        @Override
        public Subscription subscribe(FleetListener listener) {
            return () -> {};
        }
    }
}
