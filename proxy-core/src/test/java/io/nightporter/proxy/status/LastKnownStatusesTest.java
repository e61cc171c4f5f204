package io.nightporter.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LastKnownStatusesTest {

    private static final String FULL =
        "{\"description\":\"hi\",\"players\":{\"max\":20,\"online\":3,\"sample\":[{\"name\":\"Alex\",\"id\":\"1\"}]}}";
    private static final String KEPT = "{\"description\":\"hi\",\"players\":{\"max\":20,\"online\":0}}";

    @TempDir
    private Path directory;

    private long now;

    @Test
    void aStatusIsKeptWithoutPlayers() throws IOException {
        LastKnownStatuses statuses = statuses();
        statuses.remember("main", json(FULL));
        assertThat(statuses.peek("main")).isEqualTo(json(KEPT));
        assertThat(json(Files.readString(file("main")))).isEqualTo(json(KEPT));
    }

    @Test
    void itSurvivesARestart() {
        statuses().remember("main", json(FULL));
        LastKnownStatuses afterwards = statuses();
        assertThat(afterwards.peek("main")).isNull();
        afterwards.load("main");
        assertThat(afterwards.peek("main")).isEqualTo(json(KEPT));
    }

    @Test
    void nothingIsKnownOfAServerThatWasNeverUp() {
        assertThat(loaded(statuses())).isNull();
        assertThat(directory.resolve("status")).doesNotExist();
    }

    @Test
    void theDiskIsWrittenOnceAMinuteAtMost() throws IOException {
        LastKnownStatuses statuses = statuses();
        statuses.remember("main", json("{\"description\":\"one\"}"));
        now += Duration.ofSeconds(59).toNanos();
        statuses.remember("main", json("{\"description\":\"two\"}"));
        assertThat(Files.readString(file("main"))).contains("one");
        assertThat(statuses.peek("main")).isEqualTo(json("{\"description\":\"two\"}"));
        now += Duration.ofSeconds(1).toNanos();
        statuses.remember("main", json("{\"description\":\"three\"}"));
        assertThat(Files.readString(file("main"))).contains("three");
    }

    @Test
    void theDiskIsWrittenOnlyWhenSomethingChanged() throws IOException {
        LastKnownStatuses statuses = statuses();
        statuses.remember("main", json(FULL));
        Files.delete(file("main"));
        now += Duration.ofHours(1).toNanos();
        statuses.remember("main", json(FULL.replace("\"online\":3", "\"online\":4")));
        assertThat(file("main")).doesNotExist();
    }

    @Test
    void whatARestartFindsOnTheDiskIsNotWrittenAgain() throws IOException {
        statuses().remember("main", json(FULL));
        LastKnownStatuses afterwards = statuses();
        afterwards.load("main");
        Files.delete(file("main"));
        afterwards.remember("main", json(FULL));
        assertThat(file("main")).doesNotExist();
    }

    @Test
    void aFileThatIsNoStatusIsIgnoredWithOneLineInTheLog() throws IOException {
        for (String broken : List.of("", "{\"description\":", "[1,2]", "{} {}", "\u0000\u0001")) {
            Files.createDirectories(directory.resolve("status"));
            Files.writeString(file("main"), broken);
            List<String> log = recordLog();
            LastKnownStatuses statuses = statuses();
            assertThat(loaded(statuses)).isNull();
            assertThat(loaded(statuses)).isNull();
            assertThat(log).hasSize(1).first().asString().startsWith("last status ignored server=main file=");
            statuses.remember("main", json(FULL));
            assertThat(loaded(statuses())).isEqualTo(json(KEPT));
        }
    }

    @Test
    void aHugeFileIsIgnored() throws IOException {
        Files.createDirectories(directory.resolve("status"));
        Files.writeString(file("main"), "{\"description\":\"" + "x".repeat(2 << 20) + "\"}");
        recordLog();
        assertThat(loaded(statuses())).isNull();
    }

    @Test
    void aDiskThatCannotBeWrittenCostsALogLineAndNothingElse() throws IOException {
        Files.writeString(directory.resolve("status"), "a file where the folder should be");
        List<String> log = recordLog();
        LastKnownStatuses statuses = statuses();
        statuses.remember("main", json(FULL));
        statuses.remember("main", json("{\"description\":\"two\"}"));
        assertThat(loaded(statuses)).isEqualTo(json("{\"description\":\"two\"}"));
        assertThat(log)
            .filteredOn(line -> line.startsWith("last status not kept server=main"))
            .hasSize(1);
    }

    @Test
    void aServersNameCannotLeadOutOfTheFolder() throws IOException {
        statuses().remember("../../etc/passwd", json(FULL));
        statuses().remember("..", json(FULL));
        try (Stream<Path> files = Files.list(directory.resolve("status"))) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(
                "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd.json",
                "%2E%2E.json"
            );
        }
    }

    @Test
    void equalFaviconsAreOneInMemory() {
        LastKnownStatuses statuses = statuses();
        statuses.remember("main", json("{\"favicon\":\"data:image/png;base64,AAAA\"}"));
        ObjectNode next = json("{\"favicon\":\"data:image/png;base64,AAAA\"}");
        statuses.shareFavicon("main", next);
        ObjectNode known = Objects.requireNonNull(statuses.peek("main"));
        assertThat(next.get("favicon")).isSameAs(known.get("favicon"));
    }

    private LastKnownStatuses statuses() {
        return new LastKnownStatuses(directory.resolve("status"), () -> now);
    }

    private static @Nullable ObjectNode loaded(LastKnownStatuses statuses) {
        statuses.load("main");
        return statuses.peek("main");
    }

    private Path file(String server) {
        return directory.resolve("status").resolve(server + ".json");
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    private static List<String> recordLog() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(LastKnownStatuses.class.getName());
        logger.setUseParentHandlers(false);
        for (Handler handler : logger.getHandlers()) {
            logger.removeHandler(handler);
        }
        logger.addHandler(
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    lines.add(entry.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            }
        );
        return lines;
    }
}
