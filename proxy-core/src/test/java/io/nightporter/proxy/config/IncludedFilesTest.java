package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class IncludedFilesTest {

    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final String INCLUDING = "fleet: { include: [\"fleet.d/*.yml\"] }\n";

    @TempDir
    Path folder = Path.of("");

    private TestFiles files = new TestFiles(Path.of(""));

    @BeforeEach
    void useFolder() throws IOException {
        files = new TestFiles(folder);
        Files.createDirectory(folder.resolve("fleet.d"));
    }

    private static String server(String name) {
        return "servers: { " + name + ": { hosts: [" + name + ".localhost], address: 127.0.0.1 } }\n";
    }

    @Test
    void theirNodesServersAndNetworksBelongToTheFleet() throws Exception {
        files.secret("fleet.d/rcon.secret", "s3cret");
        files.write("fleet.d/nodes.yml", "nodes: { n1: { driver: docker } }");
        files.write(
            "fleet.d/servers.yml",
            "servers: { lobby: { image: paper, node: n1, rcon: { passwordFile: rcon.secret } } }"
        );
        files.write("fleet.d/networks.yml", "networks: { play: { lobby: lobby, servers: main } }");
        files.write("fleet.d/.hidden.yml", "nonsense");
        files.write("fleet.d/other.txt", "nonsense");

        Configuration configuration = files.load(
            """
            fleet:
              servers: { main: { hosts: ["*"], address: 127.0.0.1 } }
              defaultRoute: play
              include: fleet.d/*.yml
            """
        );

        assertThat(configuration.servers()).containsOnlyKeys("main", "lobby");
        assertThat(configuration.networks()).containsOnlyKeys("play");
        assertThat(configuration.fleet().nodes())
            .extracting(node -> node.name())
            .containsExactly("n1");
    }

    @Test
    void thereMayBeNoneYet() throws Exception {
        assertThat(files.load("fleet: { include: [\"nowhere.d/*.yml\"] }").servers()).isEmpty();
    }

    @Test
    void everyProblemIsSaidWithItsOwnFileAndLine() {
        files.write("fleet.d/a.yml", server("one"));
        files.write("fleet.d/b.yml", "\n" + server("one") + "colour: red\n");
        files.write("fleet.d/c.yml", "servers: [");

        assertThat(files.errors(INCLUDING)).satisfiesExactly(
            error ->
                assertThat(error).isEqualTo(
                    "fleet.d/b.yml:2 servers.one: has the same name as the one in fleet.d/a.yml:1; call one of them otherwise"
                ),
            error -> assertThat(error).startsWith("fleet.d/b.yml:3 colour: unknown key"),
            error -> assertThat(error).startsWith("fleet.d/c.yml:1: not valid YAML")
        );
    }

    @Test
    void filesThatChangeAppearOrGoAreSeen() throws Exception {
        files.write("fleet.d/a.yml", server("one"));
        BlockingQueue<Configuration> changes = new LinkedBlockingQueue<>();
        try (ConfigurationWatcher watcher = ConfigurationWatcher.load(files.configuration(INCLUDING))) {
            assertThat(watcher.initial().servers()).containsOnlyKeys("one");
            watcher.start((_, next, _) -> changes.add(next), INTERVAL);

            files.write("fleet.d/a.yml", server("first"));
            assertThat(next(changes).servers()).containsOnlyKeys("first");

            files.write("fleet.d/b.yml", server("second"));
            assertThat(next(changes).servers()).containsOnlyKeys("first", "second");

            Files.delete(folder.resolve("fleet.d/a.yml"));
            assertThat(next(changes).servers()).containsOnlyKeys("second");
        }
    }

    private static Configuration next(BlockingQueue<Configuration> changes) throws InterruptedException {
        return Objects.requireNonNull(changes.poll(10, TimeUnit.SECONDS), "no change was seen");
    }

    @Test
    void aSecondNameForTheSameFileIsNoSecondFile() throws Exception {
        files.write("fleet.d/a.yml", server("one"));

        Configuration configuration = files.load("fleet: { include: [\"fleet.d/*.yml\", fleet.d/a.yml, \"*.yml\"] }");

        assertThat(List.copyOf(configuration.servers().keySet())).containsExactly("one");
    }
}
