package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.wire.WireStatus;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The nodes that the tests of the fleet run on are what they seem: other machines with engines of their own. */
@Timeout(240)
class DockerNodesIT {

    private static final ProtocolVersion NEWEST = ProtocolVersions.builtIn().newest();
    private static final Duration READY = Duration.ofSeconds(60);

    @Test
    void worldsRunOnTwoNodesAndSaveWhenTheyAreStopped() throws IOException {
        try (DockerNode first = DockerNode.open("first", 0); DockerNode second = DockerNode.open("second", 1)) {
            for (DockerNode node : new DockerNode[] { first, second }) {
                String image = GameImage.on(node);
                node.docker(
                    "run",
                    "-d",
                    "--name",
                    "world",
                    "-p",
                    "25565:25565",
                    "-v",
                    "world:/data",
                    "-e",
                    "MEMORY=200m",
                    image
                );
            }
            assertThat(awaitStatus(first)).contains("Nightporter's demo world");
            assertThat(awaitStatus(second)).contains("Nightporter's demo world");

            first.cut();
            assertThatThrownBy(() -> ask(first)).isInstanceOf(IOException.class);
            assertThat(first.docker("ps", "-q")).isNotEmpty();
            assertThat(ask(second)).contains("demo world");
            first.mend();
            assertThat(awaitStatus(first)).contains("demo world");

            first.docker("stop", "-t", "20", "world");
            assertThat(first.docker("logs", "world")).contains("SAVED chunks=");
            assertThat(first.docker("inspect", "-f", "{{.State.ExitCode}}", "world")).isEqualTo("143");
        }
    }

    @Test
    void anEngineThatWasKilledCanBeStartedAgainAndNothingStays() throws IOException {
        String socket;
        try (DockerNode node = DockerNode.open("killed", 0)) {
            String image = GameImage.on(node, GameVersion.World.V1_21_11);
            node.docker("run", "-d", "--name", "world", "-p", "25565:25565", image, "--status", "{\"odd\":[]}");
            assertThat(awaitStatus(node)).isEqualTo("{\"odd\":[]}");
            node.kill();
            assertThat(awaitStatus(node)).as("the container's answer without its engine").contains("odd");
            node.restart();
            node.docker("start", "world");
            awaitStatus(node);
            node.kill();
            socket = node.socket();
        }
        String folder = socket.substring("unix://".length(), socket.lastIndexOf('/'));
        assertThat(DockerNode.processesOf(Path.of(folder))).isEmpty();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder);
        assertThat(Path.of(folder)).doesNotExist();
        assertThat(Shell.script("ip netns list")).doesNotContain("np" + ProcessHandle.current().pid() + "_");
    }

    private static String ask(DockerNode node) throws IOException {
        return WireStatus.ask(new InetSocketAddress(node.address(), 25565), NEWEST, "any.test");
    }

    private static String awaitStatus(DockerNode node) throws IOException {
        long until = System.nanoTime() + READY.toNanos();
        while (true) {
            try {
                return ask(node);
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                NightporterProcess.pause(Duration.ofMillis(200));
            }
        }
    }
}
