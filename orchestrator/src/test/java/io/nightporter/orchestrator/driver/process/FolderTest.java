package io.nightporter.orchestrator.driver.process;

import static io.nightporter.orchestrator.driver.process.Node.command;
import static io.nightporter.orchestrator.driver.process.Node.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server has in its folder can be read, whether it has ever run or not. */
@Timeout(60)
class FolderTest {

    @TempDir
    private Path folder;

    @Test
    void itsFilesAreReadFromItsFolder() throws Exception {
        try (var node = new Node(folder)) {
            ProcessDriver driver = node.driver();
            InstanceSpec spec = spec("survival", command(null, "sleep", "1"));
            assertThat(driver.read(spec, "whitelist.json", 100)).isNull();

            Path file = Files.createDirectories(folder.resolve("survival")).resolve("whitelist.json");
            Files.writeString(file, "[]");
            assertThat(driver.read(spec, "whitelist.json", 100))
                .asString()
                .isEqualTo("[]");

            Files.writeString(file, "x".repeat(101));
            assertThatThrownBy(() -> driver.read(spec, "whitelist.json", 100))
                .isInstanceOf(NodeRefusedException.class)
                .hasMessageContaining("longer than 100 bytes");

            Files.delete(file);
            new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
            assertThat(driver.read(spec, "whitelist.json", 100)).isNull();
        }
    }
}
