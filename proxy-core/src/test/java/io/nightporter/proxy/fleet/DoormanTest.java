package io.nightporter.proxy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.fleet.Fleet;
import io.nightporter.orchestrator.fleet.FleetListener;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.fleet.StartTimes;
import io.nightporter.orchestrator.fleet.WakeAnswer;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.config.WakeQuota;
import io.nightporter.proxy.routing.SampleConfiguration;
import io.nightporter.proxy.text.WaitingWords;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who wakes a sleeping server: one who comes, and one who waits, unless it was stopped by order. */
class DoormanTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:00:00Z");
    private static final GameProfile STEVE = new GameProfile(new UUID(1, 2), "Steve", List.of());
    private static final ServerSettings SERVER = SampleConfiguration.server("survival", List.of("survival.test"));

    private final List<Cause> wakes = new ArrayList<>();
    private final FleetLink link = new FleetLink();
    private final Doorman doorman = new Doorman(link);
    private ServerState state = ServerState.asleep("survival", NOW);

    @BeforeEach
    void connect() {
        link.connect(new OneServer());
    }

    @Test
    void whoComesWakesIt() {
        assertThat(ask()).isEqualTo(new Doorman.Wait());
        assertThat(wakes).singleElement().extracting(Cause::name).isEqualTo("Steve");
    }

    @Test
    void whoWaitsWakesItAgainIfItHasFallenAsleep() {
        assertThat(doorman.remind(SERVER, STEVE).join()).isEqualTo(new Doorman.Wait());
        assertThat(wakes).hasSize(1);
    }

    @Test
    void whoWaitsDoesNotUndoTheOrderToStopIt() {
        state = state.withStoppedBy("admin");

        assertThat(doorman.remind(SERVER, STEVE).join()).isInstanceOfSatisfying(Doorman.Sorry.class, sorry ->
            assertThat(sorry.words()).isEqualTo(WaitingWords.stopped("survival").state())
        );
        assertThat(wakes).isEmpty();
        assertThat(Outlook.waiting(link.view("survival").orElseThrow(), NOW)).isEqualTo(
            WaitingWords.stopped("survival")
        );
    }

    @Test
    void whoComesAnewStartsItAgain() {
        state = state.withStoppedBy("admin");

        assertThat(ask()).isEqualTo(new Doorman.Wait());
        assertThat(wakes).hasSize(1);
    }

    private Doorman.Answer ask() {
        return doorman
            .ask(SERVER, STEVE, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), new WakeQuota(0, 0, 0))
            .join();
    }

    /** A fleet of one server, which begins to start when somebody asks. */
    private final class OneServer implements Fleet {

        @Override
        public Optional<ServerView> server(String name) {
            return servers()
                .stream()
                .filter(view -> view.name().equals(name))
                .findFirst();
        }

        @Override
        public List<ServerView> servers() {
            var definition = ServerDefinition.named("survival", new Workload.Container("survival", 25_565)).build();
            return List.of(new ServerView(definition, state, null, true, null, null, null, StartTimes.UNKNOWN));
        }

        @Override
        public CompletableFuture<WakeAnswer> wake(String server, Cause cause) {
            wakes.add(cause);
            return CompletableFuture.completedFuture(new WakeAnswer.Starting("01", servers().getFirst()));
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
