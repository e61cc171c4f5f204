package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireServer;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators do while people play: reload, look at the metrics, stop. */
@Timeout(90)
class OperationIT {

    private static final ProtocolVersions VERSIONS = ProtocolVersions.builtIn();

    private WireServer first;
    private WireServer second;

    @BeforeEach
    void startServers() {
        first = WireServer.start(256, null);
        second = WireServer.start(256, null);
    }

    @AfterEach
    void stopServers() {
        first.close();
        second.close();
    }

    @Test
    void aReloadBringsNewServersAndDropsNobody() throws IOException, InterruptedException {
        ProxyConfig config = ProxyConfig.with("onlineMode: false").server("first", first.port());
        try (
            var proxy = NightporterProcess.start("reload", config.yaml());
            WirePlayer player = join(proxy, 767, "first.test", "Stayer")
        ) {
            proxy.rewrite(config.server("second", second.port()).yaml());
            hangUp(proxy);
            proxy
                .child()
                .awaitLine("a reload", line -> line.contains("configuration reloaded"), Duration.ofSeconds(20));
            try (WirePlayer newcomer = join(proxy, 767, "second.test", "Newcomer")) {
                newcomer.chat("hello second");
            }
            player.chat("still here");
        }
    }

    @Test
    void aWrongFileChangesNothing() throws IOException, InterruptedException {
        ProxyConfig config = ProxyConfig.with("onlineMode: false").server("first", first.port());
        try (
            var proxy = NightporterProcess.start("wrong-reload", config.yaml());
            WirePlayer player = join(proxy, 767, "first.test", "Stayer")
        ) {
            proxy.rewrite(config.server("second", second.port(), "pasthrough: true").yaml());
            hangUp(proxy);
            proxy
                .child()
                .awaitLine("a refusal", line -> line.contains("did you mean passthrough?"), Duration.ofSeconds(20));
            player.chat("still here");
            try (WirePlayer newcomer = join(proxy, 767, "first.test", "Newcomer")) {
                newcomer.chat("hello first");
            }
        }
    }

    @Test
    void theAdminAddressCountsWhoPlays() throws IOException {
        ProxyConfig config = ProxyConfig.with("onlineMode: false").server("first", first.port());
        try (var proxy = NightporterProcess.start("metrics", config.yaml())) {
            assertThat(proxy.admin("/healthz")).startsWith("200 ");
            try (WirePlayer player = join(proxy, 767, "first.test", "Counted")) {
                player.chat("one");
                assertThat(proxy.admin("/metrics"))
                    .startsWith("200 ")
                    .containsPattern("nightporter_players\\{[^}]*server=\"first\"[^}]*} 1(\\.0)?\\b");
            }
        }
    }

    @Test
    void aGracefulEndTellsEveryPlayerAndTakesNobodyElse() throws IOException {
        ProxyConfig config = ProxyConfig.with("onlineMode: false").server("first", first.port());
        try (
            var proxy = NightporterProcess.start("shutdown", config.yaml());
            WirePlayer old = join(proxy, 47, "first.test", "Old");
            WirePlayer middle = join(proxy, 758, "first.test", "Middle");
            WirePlayer young = join(proxy, 777, "first.test", "Young")
        ) {
            proxy.child().terminate();
            for (WirePlayer player : List.of(old, middle, young)) {
                assertThat(player.awaitEnd()).startsWith("kicked: ").contains("The proxy is restarting");
            }
            assertThat(proxy.child().awaitEnd(Duration.ofSeconds(20))).isZero();
            assertThat(accepts(proxy.port())).isFalse();
        }
    }

    private static boolean accepts(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static WirePlayer join(NightporterProcess proxy, int protocol, String host, String name)
        throws IOException {
        ProtocolVersion version = Objects.requireNonNull(VERSIONS.find(protocol));
        WirePlayer player = WirePlayer.connect(proxy.port(), version, host, name);
        player.awaitJoin();
        return player;
    }

    /** SIGHUP. */
    private static void hangUp(NightporterProcess proxy) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-HUP", Long.toString(proxy.child().pid())).start().waitFor();
    }
}
