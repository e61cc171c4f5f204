package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.Child;
import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./nightporter demo --docker}: worlds in containers, and nothing of them left behind in the engine. */
@Timeout(300)
class DemoInDockerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PORT = 25_565;

    @Test
    void theDemoRunsInContainersAndLeavesNothingBehind() throws Exception {
        ProtocolVersion version = FleetHouse.version(776);
        try (
            DockerNode node = DockerNode.open("demo", 0);
            var demo = Child.start("demo-docker", Workplace.folder("demo"), command(node));
            InnerPort door = InnerPort.of(node.network(), PORT)
        ) {
            demo.awaitLine("where to join", line -> line.contains("Join localhost"), PATIENCE);
            assertThat(node.docker("ps", "-q")).as("containers before anybody has come").isEmpty();
            assertThat(node.docker("images", "--format", "{{.Repository}}")).isEqualTo("nightporter-demo");
            try (WirePlayer player = WirePlayer.connect(door.port(), version, "localhost", "Visitor")) {
                player.awaitJoin();
                player.awaitReceived("a boss bar", packet -> "BossBar".equals(packet.name()));
                demo.awaitLine("the lobby", line -> line.contains("lobby is awake"), PATIENCE);
                player.chatUntilHeard("hello demo");
                assertThat(running(node)).containsExactly("nightporter-demo-lobby");
                player.link().send(State.PLAY, ChatCommand.unsigned("server meadow", 0));
                demo.awaitLine("the other world", line -> line.contains("meadow is awake"), PATIENCE);
                player.chatUntilHeard("in the meadow");
                assertThat(running(node)).containsExactlyInAnyOrder(
                    "nightporter-demo-lobby",
                    "nightporter-demo-meadow"
                );
                demo.terminate();
                assertThat(player.awaitEnd()).startsWith("kicked: ");
            }
            assertThat(demo.awaitEnd(PATIENCE)).isZero();
            assertThat(node.docker("ps", "-aq")).as("containers that are left").isEmpty();
            assertThat(node.docker("images", "-q")).as("images that are left").isEmpty();
        }
    }

    /** In the engine's network, because the demo's worlds are at the loopback address. */
    private static List<String> command(DockerNode node) {
        return List.of(
            "nsenter",
            "--net=" + node.network(),
            "env",
            "DOCKER_HOST=" + node.socket(),
            NightporterProcess.launcher().toString(),
            "demo",
            "--docker",
            "--port",
            Integer.toString(PORT)
        );
    }

    private static List<String> running(DockerNode node) {
        return node.docker("ps", "--format", "{{.Names}}").lines().toList();
    }
}
