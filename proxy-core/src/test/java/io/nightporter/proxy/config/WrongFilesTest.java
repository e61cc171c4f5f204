package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside every wrong file stand the lines that the operator gets to see. */
class WrongFilesTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/nightporter/proxy/config/wrong");

    static Stream<Path> wrongFiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                .filter(file -> file.toString().endsWith(".yml"))
                .sorted()
                .toList()
                .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void everythingThatIsWrongIsSaidWithItsLine(Path file) throws IOException {
        List<String> lines = messages(file);
        Path expected = Path.of(file.toString().replaceAll("yml$", "errors"));
        assertThat(lines).containsExactlyElementsOf(Files.readAllLines(expected));
    }

    private static List<String> messages(Path file) {
        var e = catchThrowableOfType(ConfigurationException.class, () -> ConfigurationLoader.load(file, _ -> {}));
        String absolute = FOLDER.toAbsolutePath() + "/";
        return e
            .problems()
            .stream()
            .map(problem ->
                problem
                    .toString()
                    .replace(absolute, "/etc/np/")
                    .replace(FOLDER + "/", "")
            )
            .toList();
    }
}
