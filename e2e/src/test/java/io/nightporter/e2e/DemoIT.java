package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireStatus;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./nightporter demo}: from the launcher to a player in a world that was woken, and nothing left behind. */
@Timeout(240)
class DemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theDemoCanBeJoinedAndLeavesNothingBehind() throws Exception {
        ProtocolVersion version = Objects.requireNonNull(ProtocolVersions.builtIn().find(776));
        int port = Workplace.freePort();
        String launcher = Workplace.ROOT.resolve("nightporter").toString();
        List<String> command = List.of(launcher, "demo", "--port", Integer.toString(port));
        try (var demo = Child.start("demo", Workplace.folder("demo"), command)) {
            demo.awaitLine("where to join", line -> line.contains("Join localhost:" + port), Duration.ofSeconds(60));
            assertThat(demo.handle().descendants()).as("worlds that run before anybody has come").isEmpty();
            String status = WireStatus.ask(port, version, "localhost");
            for (int i = 0; i < 100 && !status.contains("join to wake it"); i++) {
                NightporterProcess.pause(Duration.ofMillis(100));
                status = WireStatus.ask(port, version, "localhost");
            }
            assertThat(status).contains("Nightporter").contains("join to wake it");
            List<ProcessHandle> worlds;
            try (WirePlayer player = WirePlayer.connect(port, version, "localhost", "Visitor")) {
                player.awaitJoin();
                player.awaitReceived("a boss bar", packet -> "BossBar".equals(packet.name()));
                player.chatUntilHeard("hello demo");
                player.awaitReceived("a chunk", packet -> "ChunkData".equals(packet.name()));
                assertThat(demo.handle().descendants()).as("the lobby alone").hasSize(1);
                player.link().send(State.PLAY, ChatCommand.unsigned("server meadow", 0));
                demo.awaitLine("the way on", line -> line.contains("switch booked"), PATIENCE);
                player.chat("still in the lobby");
                demo.awaitLine("the other world", line -> line.contains("meadow is awake"), PATIENCE);
                player.chatUntilHeard("in the meadow");
                worlds = demo.handle().descendants().toList();
                assertThat(worlds).hasSize(2);
                demo.terminate();
                assertThat(player.awaitEnd()).startsWith("kicked: ");
            }
            assertThat(demo.awaitEnd(PATIENCE)).isZero();
            for (ProcessHandle world : worlds) {
                world.onExit().get();
            }
        }
    }
}
