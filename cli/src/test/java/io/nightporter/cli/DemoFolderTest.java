package io.nightporter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.cli.client.YamlTree;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoFolderTest {

    @TempDir
    Path jars = Path.of("");

    @Test
    void aDemoHasALobbyAndAWorldThatEndWithItAndLeavesNothingBehind() throws Exception {
        Files.createFile(jars.resolve("minestom-2026.08.28-26.2.jar"));
        Path left;
        try (DemoFolder folder = DemoFolder.create()) {
            left = folder.path();
            DemoJars found = DemoJars.of(jars + "/*");
            try (DemoWorlds worlds = new DemoProcesses(found, folder.path())) {
                String text = Files.readString(folder.writeConfiguration(25_599, worlds, found.version()));
                JsonNode fleet = YamlTree.read(text, "demo").path("fleet");
                assertThat(fleet.at("/networks/demo/lobby/0").asString()).isEqualTo("lobby");
                assertThat(fleet.at("/networks/demo/servers/0").asString()).isEqualTo("meadow");
                assertThat(fleet.at("/servers/meadow/versions").asString()).isEqualTo("26.2");
                assertThat(
                    fleet.at("/servers/meadow/command").valueStream().map(JsonNode::asString)
                ).containsSubsequence("--port", "{port}", "--end-with", Long.toString(ProcessHandle.current().pid()));
            }
        }
        assertThat(left).doesNotExist();
    }

    @Test
    void withoutItsWorldTheDemoSaysHowToStartIt() {
        assertThatThrownBy(() -> DemoJars.of("")).hasMessageContaining("./nightporter demo");
    }
}
