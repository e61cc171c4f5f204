package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.proxy.text.Messages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConfigurationWatcherTest {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private record Change(Configuration previous, Configuration next, List<String> notApplied) {}

    @TempDir
    Path folder = Path.of("");

    private TestFiles files = new TestFiles(Path.of(""));
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private @Nullable ConfigurationWatcher watcher;

    @BeforeEach
    void useFolder() {
        files = new TestFiles(folder);
    }

    @AfterEach
    void close() {
        if (watcher != null) {
            watcher.close();
        }
    }

    private ConfigurationWatcher watch(String yaml) throws ConfigurationException {
        ConfigurationWatcher started = ConfigurationWatcher.load(files.configuration(yaml));
        started.start((previous, next, notApplied) -> changes.add(new Change(previous, next, notApplied)), INTERVAL);
        watcher = started;
        return started;
    }

    private Change nextChange() throws InterruptedException {
        return Objects.requireNonNull(changes.poll(20, TimeUnit.SECONDS), "no change was seen");
    }

    private static String motd(String text) {
        return "proxy: { motd: \"" + text + "\" }\n" + TestFiles.SMALLEST;
    }

    @Test
    void aChangedFileIsLoadedWithoutBeingAskedTo() throws Exception {
        watch(motd("one"));
        files.configuration(motd("two"));

        Change change = nextChange();

        assertThat(change.previous().proxy().presentation().motd()).isEqualTo("one");
        assertThat(change.next().proxy().presentation().motd()).isEqualTo("two");
        assertThat(change.notApplied()).isEmpty();
    }

    @Test
    void aFileThatIsReplacedByAnotherOneIsSeenToo() throws Exception {
        watch(motd("one"));
        Path other = files.write("nightporter.yml.new", motd("two"));
        Files.move(other, folder.resolve("nightporter.yml"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(nextChange().next().proxy().presentation().motd()).isEqualTo("two");
    }

    @Test
    void anInvalidFileChangesNothingUntilItIsPutRight() throws Exception {
        watch(motd("one"));
        files.configuration(motd("<gold>two"));
        assertThat(changes.poll(INTERVAL.toMillis() * 20, TimeUnit.MILLISECONDS)).isNull();
        files.configuration(motd("<gold>three</gold>"));

        Change change = nextChange();

        assertThat(change.previous().proxy().presentation().motd()).isEqualTo("one");
        assertThat(change.next().proxy().presentation().motd()).isEqualTo("<gold>three</gold>");
    }

    @Test
    void aChangedSecretIsAChangeOfTheConfiguration() throws Exception {
        files.secret("forwarding.secret", "old");
        watch("proxy: { forwarding: { mode: modern, secretFile: forwarding.secret } }\n" + TestFiles.SMALLEST);
        files.secret("forwarding.secret", "new");

        assertThat(nextChange().next().proxy().forwarding().secret()).isEqualTo("new");
    }

    @Test
    void aChangedLanguageFileIsAChangeOfTheConfiguration() throws Exception {
        files.write("messages.fr.yml", "refused: ancien\n");
        watch("waitingRoom: { languages: { fr: messages.fr.yml } }\n" + TestFiles.SMALLEST);
        files.write("messages.fr.yml", "refused: nouveau\n");

        Change change = nextChange();

        assertThat(french(change.previous())).isEqualTo("ancien");
        assertThat(french(change.next())).isEqualTo("nouveau");
        assertThat(change.notApplied()).isEmpty();
    }

    @Test
    void aLanguageFileWithMistakesChangesNothingUntilItIsPutRight() throws Exception {
        files.write("messages.fr.yml", "refused: ancien\n");
        watch("waitingRoom: { languages: { fr: messages.fr.yml } }\n" + TestFiles.SMALLEST);
        files.write("messages.fr.yml", "refusé: nouveau\n");
        assertThat(changes.poll(INTERVAL.toMillis() * 20, TimeUnit.MILLISECONDS)).isNull();
        files.write("messages.fr.yml", "refused: meilleur\n");

        assertThat(french(nextChange().next())).isEqualTo("meilleur");
    }

    private static String french(Configuration configuration) {
        return configuration.waitingRoom().phrasebook().text(Messages.refused("x"), "fr_fr").words();
    }

    @Test
    void aChangedNetworkIsAChangeOfTheConfiguration() throws Exception {
        String yaml = """
        fleet:
          servers: { a: { address: 10.0.0.1 }, b: { address: 10.0.0.2 } }
          networks: { play: { hosts: [play.example.org], lobby: a, servers: [%s] } }
        """;
        watch(yaml.formatted(""));
        files.configuration(yaml.formatted("b"));

        Change change = nextChange();

        assertThat(members(change.previous())).containsExactly("a");
        assertThat(members(change.next())).containsExactly("a", "b");
        assertThat(change.notApplied()).isEmpty();
    }

    private static List<String> members(Configuration configuration) {
        NetworkSettings play = Objects.requireNonNull(configuration.networks().get("play"));
        return play.members().stream().map(ServerSettings::name).toList();
    }

    @Test
    void aFileThatWasMissingIsUsedAsSoonAsItIsThere() throws Exception {
        watch(motd("one"));
        files.configuration("proxy: { favicon: icon.png }\n" + TestFiles.SMALLEST);
        assertThat(changes.poll(INTERVAL.toMillis() * 20, TimeUnit.MILLISECONDS)).isNull();
        files.favicon("icon.png");

        assertThat(nextChange().next().proxy().presentation().favicon()).startsWith("data:image/png");
    }

    @Test
    void whatNeedsARestartIsSaidAtEveryReloadUntilThen() throws Exception {
        watch(TestFiles.SMALLEST);
        String moved =
            "proxy: { listen: 127.0.0.1:25570, transport: nio, motd: %s }\nadmin: { listen: 127.0.0.1:8081 }\n" +
            "dataDir: data\n" +
            TestFiles.SMALLEST;

        files.configuration(moved.formatted("one"));
        assertThat(nextChange().notApplied()).containsExactly(
            "proxy.listen",
            "proxy.transport",
            "admin.listen",
            "dataDir"
        );
        files.configuration(moved.formatted("two"));
        assertThat(nextChange().notApplied()).containsExactly(
            "proxy.listen",
            "proxy.transport",
            "admin.listen",
            "dataDir"
        );
    }

    @Test
    void reloadingOnDemandUsesTheFileAsItIsNow() throws Exception {
        ConfigurationWatcher started = ConfigurationWatcher.load(files.configuration(motd("one")));
        watcher = started;
        started.start((previous, next, not) -> changes.add(new Change(previous, next, not)), Duration.ofDays(1));
        started.reload();
        assertThat(changes).as("nothing has changed").isEmpty();
        files.configuration(motd("two"));

        started.reload();

        assertThat(changes)
            .singleElement()
            .satisfies(change -> assertThat(change.next().proxy().presentation().motd()).isEqualTo("two"));
    }

    @Test
    void aListenerThatFailsIsGivenTheNextConfigurationAllTheSame() throws Exception {
        ConfigurationWatcher started = ConfigurationWatcher.load(files.configuration(motd("one")));
        watcher = started;
        started.start((previous, next, not) -> {
            if ("two".equals(next.proxy().presentation().motd())) {
                throw new IllegalStateException("cannot be applied");
            }
            changes.add(new Change(previous, next, not));
        }, Duration.ofDays(1));
        files.configuration(motd("two"));
        started.reload();
        files.configuration(motd("three"));
        started.reload();

        assertThat(changes)
            .singleElement()
            .satisfies(change ->
                assertThat(change.previous().proxy().presentation().motd()).as("still in force").isEqualTo("one")
            );
    }
}
