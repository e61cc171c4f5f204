package io.nightporter.protocol.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryGeneratorTest {

    private static final Path COMMITTED = Path.of(
        "src/main/resources/io/nightporter/protocol/voidworld"
    ).toAbsolutePath();

    @TempDir
    Path directory;

    @BeforeAll
    static void installPackages() throws IOException, InterruptedException {
        NodeTools.prepare();
    }

    @Test
    void theCommittedTagsAreWhatTheGeneratorMakes() throws IOException, InterruptedException {
        NodeTools.Result result = NodeTools.node(
            "generate-registries.mjs",
            "--offline",
            "--out",
            directory.toString(),
            "--jars",
            directory.resolve("jars").toString()
        );
        assertThat(result.exitCode()).as(result.output()).isZero();
        List<Path> made = tags(directory);
        assertThat(made)
            .map(Path::getFileName)
            .containsExactlyElementsOf(tags(COMMITTED).stream().map(Path::getFileName).toList());
        for (Path tag : made) {
            assertThat(tag)
                .as("run `node generate-registries.mjs` in protocol/data")
                .hasSameBinaryContentAs(COMMITTED.resolve(tag.getFileName()));
        }
    }

    @Test
    void saysWhatIsWrongWithAnOrder() throws IOException, InterruptedException {
        NodeTools.Result result = NodeTools.node("generate-registries.mjs", "--nonsense");
        assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
        assertThat(result.output()).contains("Unknown option '--nonsense'", "usage: ").doesNotContain("    at ");
    }

    /** Those for which no jar is needed. */
    private static List<Path> tags(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files
                .filter(file -> file.toString().endsWith(".nbt"))
                .sorted()
                .toList();
        }
    }
}
