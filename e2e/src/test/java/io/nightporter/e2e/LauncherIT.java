package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code nightporter} in a checkout that it has built itself, with the JVM's cache beside the jars. */
@Timeout(60)
class LauncherIT {

    @TempDir
    private Path home;

    @BeforeEach
    void build() throws IOException {
        Files.copy(NightporterProcess.launcher(), home.resolve("nightporter"));
        Path built = Workplace.ROOT.resolve("cli/target");
        Path target = Files.createDirectories(home.resolve("cli/target"));
        Files.createSymbolicLink(target.resolve("lib"), built.resolve("lib"));
        try (Stream<Path> files = Files.list(built)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.createSymbolicLink(target.resolve(jar.getFileName()), jar);
            }
        }
        // Of another JVM, as after an update of Java.
        Files.writeString(target.resolve("nightporter.aot"), "not for this one");
    }

    @Test
    void aCacheThatDoesNotFitIsPassedOverWithoutAWord() throws IOException, InterruptedException {
        Path config = Files.writeString(
            home.resolve("nightporter.yml"),
            "fleet: { servers: { main: { hosts: [\"*\"], address: 127.0.0.1:1 } } }\n"
        );
        assertThat(type("version")).startsWith("nightporter ").doesNotContain("AOT");
        assertThat(type("config", "check", config.toString())).doesNotContain("AOT");
        // It says what is wrong with the file, so it has begun.
        Files.writeString(config, "nothing: here\n");
        assertThat(type("run", "--config", config.toString()))
            .contains("nightporter.yml:1 nothing: ")
            .doesNotContain("AOT");
    }

    /** What it prints, on both outputs. */
    private String type(String... words) throws IOException, InterruptedException {
        Path said = home.resolve("said");
        var builder = new ProcessBuilder(
            Stream.concat(Stream.of("sh", home.resolve("nightporter").toString()), Stream.of(words)).toList()
        );
        builder.environment().put("NIGHTPORTER_BUILD", "never");
        Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(List.of(0, 2)).as("exit code").contains(process.waitFor());
        return Files.readString(said);
    }
}
