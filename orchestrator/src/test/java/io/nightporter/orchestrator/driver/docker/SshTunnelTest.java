package io.nightporter.orchestrator.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Resources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine behind a real ssh server. */
@Timeout(120)
class SshTunnelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @Test
    void anEngineIsReachedThroughSshAndAgainAfterTheConnectionBroke() throws Exception {
        TestEngine engine = TestEngine.shared();
        try (
            SshDaemon ssh = SshDaemon.start(folder);
            DockerDriver driver = DockerDriver.open(node(ssh.endpoint(engine.socket())), ssh.client())
        ) {
            awaitAnswer(driver);
            assertThat(driver.facts().software()).startsWith("Docker Engine");
            ssh.stop();
            awaitSilence(driver);
            ssh.startAgain();
            awaitAnswer(driver);
        }
    }

    @Test
    void nothingIsLeftBehindOnTheOtherMachine() throws Exception {
        TestEngine engine = TestEngine.shared();
        try (SshDaemon ssh = SshDaemon.start(folder)) {
            try (DockerDriver driver = DockerDriver.open(node(ssh.endpoint(engine.socket())), ssh.client())) {
                awaitAnswer(driver);
                assertThat(ssh.guests()).isPositive();
            }
            for (int i = 0; i < 100 && ssh.guests() > 0; i++) {
                Thread.sleep(100);
            }
            assertThat(ssh.guests()).isZero();
        }
    }

    @Test
    void whySshDoesNotGetInIsSaid() throws Exception {
        try (
            SshDaemon ssh = SshDaemon.start(folder);
            DockerDriver driver = DockerDriver.open(
                node(ssh.endpoint(Path.of("/nowhere.sock"))),
                List.of("ssh", "-F", "none", "-i", "/nowhere", "-o", "UserKnownHostsFile=/dev/null")
            )
        ) {
            String said = "";
            for (int i = 0; i < 100 && !said.contains("verification failed"); i++) {
                said = silence(driver);
                Thread.sleep(100);
            }
            assertThat(said).contains("ssh: ").contains("verification failed");
        }
    }

    @Test
    void whatSshCouldTakeForAnOptionIsRefused() {
        assertThatThrownBy(() -> DockerDriver.open(node("ssh://-oProxyCommand=x")))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("ssh");
        assertThatThrownBy(() -> DockerDriver.open(node("ssh://me:secret@host")))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("password")
            .hasMessageNotContaining("secret");
    }

    @Test
    void aNodeWithoutRoomForItsSocketIsRefused() {
        assertThatThrownBy(() ->
            SshTunnel.to("n1", List.of("ssh"), URI.create("ssh://me@host"), folder.resolve("nowhere"))
        )
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("no room for the socket of node n1 in " + folder);
    }

    private static void awaitAnswer(DockerDriver driver) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = silence(driver);
        while (!last.isEmpty()) {
            assertThat(System.nanoTime()).as("still: %s", last).isLessThan(deadline);
            Thread.sleep(100);
            last = silence(driver);
        }
    }

    private static void awaitSilence(DockerDriver driver) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (silence(driver).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    /** Why there is no answer; empty: there is one. */
    private static String silence(DockerDriver driver) {
        try {
            driver.ping();
            return "";
        } catch (NodeUnreachableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static NodeDefinition node(@Nullable String endpoint) {
        return new NodeDefinition(
            "far",
            ManagedBy.API,
            "docker",
            endpoint,
            Map.of(),
            null,
            Resources.UNLIMITED,
            null,
            false
        );
    }
}
