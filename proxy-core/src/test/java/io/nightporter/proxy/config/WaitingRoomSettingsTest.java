package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.config.KickRules.Verdict;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Phrasebook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingRoomSettingsTest {

    @TempDir
    Path folder = Path.of("");

    private TestFiles files = new TestFiles(Path.of(""));

    @BeforeEach
    void useFolder() {
        files = new TestFiles(folder);
    }

    @Test
    void everythingHasADefault() throws Exception {
        WaitingRoomSettings room = files.load(TestFiles.SMALLEST).waitingRoom();

        assertThat(room.stallAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(room.loginHold()).isEqualTo(Duration.ofSeconds(25));
        assertThat(words(room.phrasebook(), Messages.refused("x"), null)).startsWith("x is not running");
        assertThat(words(room.phrasebook(), Messages.refused("x"), "de_de")).startsWith("x läuft gerade nicht");
    }

    @Test
    void theOperatorsWordsReplaceTheBuiltInOnes() throws Exception {
        files.write(
            "fr.yml",
            """
            # Quelques phrases seulement.
            refused: "<red><server> est fermé</red>"
            """
        );
        files.write("at.yml", "refused: Servus\n");
        WaitingRoomSettings room = files
            .load(
                """
                waitingRoom:
                  stallAfter: 0s
                  loginHold: 28s
                  language: DE
                  languages: { fr: fr.yml, de-AT: at.yml }
                  texts:
                    timedOut: "<server> schläft"
                """ + TestFiles.SMALLEST
            )
            .waitingRoom();

        assertThat(room.stallAfter()).isZero();
        assertThat(room.loginHold()).isEqualTo(Duration.ofSeconds(28));
        Phrasebook book = room.phrasebook();
        assertThat(words(book, Messages.refused("x"), "fr_CA")).isEqualTo("x est fermé");
        assertThat(words(book, Messages.timedOut("x"), "fr_fr"))
            .as("not in French")
            .isEqualTo("x schläft");
        assertThat(words(book, Messages.refused("x"), "de_at")).isEqualTo("Servus");
        assertThat(words(book, Messages.timedOut("x"), "de_at")).isEqualTo("x schläft");
        assertThat(words(book, Messages.timedOut("x"), null)).isEqualTo("x schläft");
        assertThat(words(book, Messages.timedOut("x"), "en_us")).startsWith("x does not answer");
    }

    @Test
    void singleTextsGoBeforeTheFileOfTheSameLanguage() throws Exception {
        files.write("en.yml", "refused: from the file\ntimedOut: from the file\n");
        Phrasebook book = files
            .load(
                "waitingRoom: { languages: { en: en.yml }, texts: { refused: from the block } }\n" + TestFiles.SMALLEST
            )
            .waitingRoom()
            .phrasebook();

        assertThat(words(book, Messages.refused("x"), "en_gb")).isEqualTo("from the block");
        assertThat(words(book, Messages.timedOut("x"), "en_gb")).isEqualTo("from the file");
    }

    @Test
    void rulesForGoodbyesAreThoseOfTheServerBeforeThoseOfAll() throws Exception {
        Configuration configuration = files.load(
            """
            waitingRoom: { kicks: { wait: [coffee], kick: tea } }
            fleet:
              servers:
                main: { hosts: ["*"], address: 10.0.0.1 }
                other: { hosts: [o.example], address: 10.0.0.1, kicks: { kick: [coffee] } }
            """
        );

        assertThat(verdict(configuration, "main", "Coffee!")).isEqualTo(Verdict.LOST);
        assertThat(verdict(configuration, "main", "Tea!")).isEqualTo(Verdict.KICK);
        assertThat(verdict(configuration, "main", "Server closed")).isEqualTo(Verdict.RESTARTING);
        assertThat(verdict(configuration, "other", "Coffee!")).isEqualTo(Verdict.KICK);
        assertThat(verdict(configuration, "other", "Server closed")).isEqualTo(Verdict.RESTARTING);
    }

    private static Verdict verdict(Configuration configuration, String server, String goodbye) {
        return Objects.requireNonNull(configuration.servers().get(server)).kicks().verdict(Text.plain(goodbye));
    }

    private static String words(Phrasebook book, Message message, @Nullable String locale) {
        return book.text(message, locale).words();
    }
}
