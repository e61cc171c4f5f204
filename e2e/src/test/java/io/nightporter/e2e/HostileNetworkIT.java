package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * With rate limits, and behind a balancer that announces where connections come from: a network that attacks is held
 * down, and players from other networks come and go as ever.
 */
@Tag("alone")
@Timeout(180)
class HostileNetworkIT {

    private static final Duration ATTACK = Duration.ofSeconds(8);
    private static final int HALF_OPEN_PER_NETWORK = 64;
    private static final int LOGINS_PER_MINUTE = 30;
    /** Sockets of the decent players and of the proxy itself, and those that are just being closed. */
    private static final int OTHER_SOCKETS = 60;

    private static WireServer calm;
    private static Crowd lobby;
    private static HostileIT.Victim victim;

    @BeforeAll
    static void start() throws IOException {
        calm = WireServer.start(256, null);
        lobby = Crowd.server(Attackers.QuietServer::new);
        ProxyConfig config = ProxyConfig.with(
            "onlineMode: false",
            "proxyProtocol: { trusted: [127.0.0.0/8] }",
            "timeouts: { handshake: 5s, login: 10s, read: 10s }",
            "limits: { connectionsPerSecond: 20, loginsPerMinute: %d, halfOpen: 4096, halfOpenPerNetwork: %d }".formatted(
                LOGINS_PER_MINUTE,
                HALF_OPEN_PER_NETWORK
            )
        )
            .server("calm", calm.port())
            .server("lobby", lobby.port());
        victim = HostileIT.Victim.start("hostile-network", config, Bytes.utf8(header("203.0.113.7")), null);
    }

    @AfterAll
    static void end() {
        victim.close();
        lobby.close();
        calm.close();
    }

    @Test
    void aNetworkThatFloodsWithLoginsGetsFewOfThemThrough() throws IOException {
        var attackers = new AtomicInteger();
        long before = lobby.begun();
        victim.survives(
            "login flood from one /24, limited",
            1_000,
            () ->
                Crowd.callers(victim.process().port(), 64, () ->
                    new Attackers.Revolving("lobby.test", anyOf("198.51.100.", attackers))
                ),
            ATTACK
        );
        // The burst is a minute's worth, and a part of another minute goes by.
        assertThat(lobby.begun() - before)
            .as("logins that got through")
            .isBetween(1L, 2L * LOGINS_PER_MINUTE);
        joinsFrom("203.0.113.99");
    }

    @Test
    void aNetworkThatOnlyConnectsKeepsNobodyOut() throws IOException {
        var attackers = new AtomicInteger();
        int sockets = Vitals.of(victim.process().child().pid()).sockets();
        victim.survives(
            "half-open x500 from one /24, limited",
            500,
            () -> Crowd.callers(victim.process().port(), 500, () -> new Attackers.Sayer(announced(attackers))),
            ATTACK,
            () -> {
                int open = Vitals.of(victim.process().child().pid()).sockets() - sockets;
                // Whoever has not announced itself yet is among the open ones for a moment.
                assertThat(open).isLessThan(500 + OTHER_SOCKETS);
                joinsFrom("192.0.2.33");
            }
        );
    }

    private static byte[] announced(AtomicInteger attackers) {
        return Bytes.utf8(anyOf("198.51.100.", attackers)).toArray();
    }

    private static void joinsFrom(String address) throws IOException {
        try (
            Pulse player = Pulse.join(
                victim.process().port(),
                ProtocolVersions.builtIn().newest(),
                "calm.test",
                "Late" + address.replace('.', '_').substring(0, 8),
                Bytes.utf8(header(address)),
                null
            )
        ) {
            assertThat(player.isConnected()).isTrue();
        }
    }

    private static String anyOf(String network, AtomicInteger count) {
        return header(network + (1 + Math.floorMod(count.getAndIncrement(), 250)));
    }

    private static String header(String address) {
        return "PROXY TCP4 %s 127.0.0.1 4711 25565\r\n".formatted(address);
    }
}
