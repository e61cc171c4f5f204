package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireStatus;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./nightporter demo}: from the launcher to a player in the world, and nothing left behind. */
@Timeout(120)
class DemoIT {

    @Test
    void theDemoCanBeJoinedAndLeavesNothingBehind() throws Exception {
        ProtocolVersion version = Objects.requireNonNull(ProtocolVersions.builtIn().find(776));
        int port = Workplace.freePort();
        String launcher = Workplace.ROOT.resolve("nightporter").toString();
        List<String> command = List.of(launcher, "demo", "--port", Integer.toString(port));
        try (var demo = Child.start("demo", Workplace.folder("demo"), command)) {
            demo.awaitLine("where to join", line -> line.contains("Join localhost:" + port), Duration.ofSeconds(60));
            List<ProcessHandle> world = demo.handle().descendants().toList();
            assertThat(world).hasSize(1);
            assertThat(WireStatus.ask(port, version, "localhost")).contains("Nightporter");
            try (WirePlayer player = WirePlayer.connect(port, version, "localhost", "Visitor")) {
                player.awaitJoin();
                player.awaitReceived("a chunk", packet -> "ChunkData".equals(packet.name()));
                player.chat("hello demo");
                demo.terminate();
                assertThat(player.awaitEnd()).startsWith("kicked: ");
            }
            assertThat(demo.awaitEnd(Duration.ofSeconds(30))).isZero();
            world.getFirst().onExit().get();
        }
    }
}
