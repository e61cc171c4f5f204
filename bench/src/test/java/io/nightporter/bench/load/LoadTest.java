package io.nightporter.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.bench.load.CrowdOrder.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server and crowd of the load test, with nothing between them or with something that must not look good. */
class LoadTest {

    private static final int PLAYERS = 5;
    private static final Shape GAME = shape(763, 256);

    private static Shape shape(int protocol, int compression) {
        return new Shape(protocol, compression, 200, 1, 10);
    }

    private static CrowdOrder order(Kind kind, int protocol, int port, double seconds) {
        return new CrowdOrder(kind, protocol, port, PLAYERS, 50, 20, 0.2, seconds, List.of(), List.of(), List.of());
    }

    private static CrowdReport run(CrowdOrder order) throws Exception {
        try (var loop = new Loop("crowd")) {
            return new Crowd(loop, order).run();
        }
    }

    @Test
    void everythingThatTheServerSendsArrivesAtThePlayersAndTheOtherWayRound() throws Exception {
        try (var server = new GameServer(0, GAME)) {
            CrowdReport seen = run(order(Kind.PLAY, 763, server.port(), 2));
            ServerReport sent = server.follow(new ServerOrder(GAME));

            assertThat(seen.reasons()).isEmpty();
            assertThat(seen.joined()).isEqualTo(PLAYERS);
            assertThat(sent.joined()).isEqualTo(PLAYERS);
            assertThat(seen.clientboundPackets()).isGreaterThan(PLAYERS * 200);
            assertThat(seen.missing() + seen.strange() + seen.changedBytes()).isZero();
            assertThat(seen.inflated()).isPositive();
            assertThat(seen.latency().count()).isPositive();
            assertThat(seen.latency().p50()).isPositive();
            assertThat(seen.positions()).isPositive();
            assertThat(sent.positions()).isGreaterThanOrEqualTo(seen.allPositions());
            assertThat(sent.broken()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 47, 757, 764, 777 })
    void itSpeaksOtherProtocolsToo(int protocol) throws Exception {
        try (var server = new GameServer(0, shape(protocol, -1))) {
            CrowdReport seen = run(order(Kind.PLAY, protocol, server.port(), 0.5));

            assertThat(seen.reasons()).isEmpty();
            assertThat(seen.joined()).isEqualTo(PLAYERS);
            assertThat(seen.missing() + seen.strange() + seen.changedBytes()).isZero();
            assertThat(seen.latency().count()).isPositive();
        }
    }

    @Test
    void aProxyThatLosesPacketsIsFoundOut() throws Exception {
        try (var server = new GameServer(0, GAME); var proxy = LossyProxy.start(server.port(), 100)) {
            CrowdReport seen = run(order(Kind.PLAY, 763, proxy.port(), 1));

            assertThat(seen.joined()).isEqualTo(PLAYERS);
            assertThat(seen.missing()).isPositive();
        }
    }

    @Test
    void joinsAndPingsAreCounted() throws Exception {
        try (var server = new GameServer(0, GAME)) {
            CrowdReport joins = run(order(Kind.JOIN, 763, server.port(), 0.5));
            CrowdReport pings = run(order(Kind.PING, 763, server.port(), 0.5));

            assertThat(joins.reasons()).isEmpty();
            assertThat(joins.done()).isPositive();
            assertThat(joins.login().count()).isPositive();
            assertThat(pings.reasons()).isEmpty();
            assertThat(pings.done()).isPositive();
            assertThat(pings.ping().count()).isEqualTo(pings.done());
        }
    }

    @Test
    void whoIsNotLetInIsCountedWithTheReason() throws Exception {
        int nobodyListensHere = Program.freePort();

        CrowdReport seen = run(order(Kind.PLAY, 763, nobodyListensHere, 0.1));

        assertThat(seen.failed()).isEqualTo(PLAYERS);
        assertThat(seen.reasons()).singleElement().asString().startsWith("5 × cannot connect");
    }
}
