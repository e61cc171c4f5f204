package io.nightporter.proxy.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.FleetLink;
import io.nightporter.proxy.routing.SampleConfiguration;
import io.nightporter.proxy.status.StatusServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerWatchTest {

    private static final String STATUS = "{\"version\":{\"name\":\"x\",\"protocol\":767}}";

    private final BlockingQueue<Somebody> goers = new LinkedBlockingQueue<>();
    private volatile @Nullable ServerSettings server;

    private ServerWatch watch(int port) {
        server = SampleConfiguration.server(
            "survival",
            List.of("survival.test"),
            new ServerAddress(new HostAndPort("127.0.0.1", port), VersionRange.ALL)
        );
        return new ServerWatches(_ -> server, new FleetLink()).of("survival");
    }

    private final class Somebody implements ServerWatch.Waiter {

        private final boolean onlyWhenCertain;
        private volatile boolean removed;

        Somebody(boolean onlyWhenCertain) {
            this.onlyWhenCertain = onlyWhenCertain;
        }

        @Override
        public int protocol() {
            return 767;
        }

        @Override
        public boolean onlyWhenCertain() {
            return onlyWhenCertain;
        }

        @Override
        public void mayGo() {
            goers.add(this);
        }

        @Override
        public void serverRemoved() {
            removed = true;
        }
    }

    private List<Somebody> join(ServerWatch watch, int number) {
        List<Somebody> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            var somebody = new Somebody(false);
            watch.join(somebody, 0);
            all.add(somebody);
        }
        return all;
    }

    private Somebody next() throws InterruptedException {
        Somebody goer = goers.poll(10, TimeUnit.SECONDS);
        if (goer == null) {
            throw new AssertionError("nobody was let go");
        }
        return goer;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void nobodyGoesBeforeTheServerIsThereAndThenAllGoInTheirOrderSomeAtATime() throws Exception {
        int port = freePort();
        ServerWatch watch = watch(port);
        List<Somebody> all = join(watch, 100);
        assertThat(goers.poll(1, TimeUnit.SECONDS)).isNull();
        assertThat(watch.position(all.get(41))).isEqualTo(42);
        try (var _ = new StatusServer(STATUS, port)) {
            for (int i = 0; i < 48; i++) {
                assertThat(next()).isEqualTo(all.get(i));
            }
            assertThat(goers.poll(500, TimeUnit.MILLISECONDS)).as("more than the server takes at once").isNull();
            for (int i = 0; i < 52; i++) {
                watch.leave(all.get(i));
                assertThat(next()).isEqualTo(all.get(48 + i));
            }
            all.forEach(watch::leave);
        }
    }

    @Test
    void whoDoesNotGetInStandsBehindTheOthersAndTriesAgainSoon() throws Exception {
        try (var status = new StatusServer(STATUS)) {
            ServerWatch watch = watch(status.port());
            List<Somebody> both = join(watch, 2);
            assertThat(next()).isEqualTo(both.get(0));
            assertThat(next()).isEqualTo(both.get(1));
            watch.ended(both.get(0), true);
            assertThat(watch.position(both.get(0))).isEqualTo(2);
            assertThat(next()).isEqualTo(both.get(0));
            both.forEach(watch::leave);
        }
    }

    @Test
    void aServerThatShowsNoStatusIsTriedOutByOneAtATimeAndNotByWhoMustBeCertain() throws Exception {
        try (var rude = new StatusServer(STATUS)) {
            rude.hangsUp();
            ServerWatch watch = watch(rude.port());
            var careful = new Somebody(true);
            watch.join(careful, 0);
            List<Somebody> both = join(watch, 2);
            assertThat(next()).isEqualTo(both.get(0));
            assertThat(goers.poll(1, TimeUnit.SECONDS)).isNull();
            watch.ended(both.get(0), true);
            assertThat(next()).isEqualTo(both.get(1));
            both.forEach(watch::leave);
            watch.leave(careful);
        }
    }

    @Test
    void howLongItWillTakeIsKnownFromHowLongItTook() throws Exception {
        int port = freePort();
        ServerWatch watch = watch(port);
        Somebody first = join(watch, 1).getFirst();
        assertThat(watch.left()).isNull();
        float begun = watch.progress();
        TimeUnit.MILLISECONDS.sleep(1_500);
        assertThat(watch.progress()).isBetween(begun, 1F);
        try (var _ = new StatusServer(STATUS, port)) {
            assertThat(next()).isEqualTo(first);
            watch.leave(first);
        }
        TimeUnit.MILLISECONDS.sleep(600);
        Somebody second = join(watch, 1).getFirst();
        assertThat(Objects.requireNonNull(watch.left()).toMillis()).isCloseTo(1_700, within(900L));
        watch.leave(second);
    }

    @Test
    void whoWaitsForAServerThatTheConfigurationDoesNotKnowAnyMoreHearsOfIt() throws Exception {
        ServerWatch watch = watch(freePort());
        Somebody somebody = join(watch, 1).getFirst();
        server = null;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!somebody.removed && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(somebody.removed).isTrue();
        watch.leave(somebody);
    }
}
