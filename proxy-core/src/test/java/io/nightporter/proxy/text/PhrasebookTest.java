package io.nightporter.proxy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.protocol.text.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.ComponentIteratorType;
import net.kyori.adventure.text.TranslatableComponent;
import net.kyori.adventure.text.format.NamedTextColor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasebookTest {

    private static final Phrasebook BUILT_IN = Phrasebook.builtIn();

    @ParameterizedTest
    @ValueSource(strings = { "en", "de" })
    void everyBuiltInLanguageHasEveryPhrase(String language) {
        assertThat(BuiltInLanguages.all().get(language)).containsOnlyKeys(Phrase.values());
    }

    @ParameterizedTest
    @ValueSource(strings = { "en", "de" })
    void theBuiltInWordsAreAsRightAsAnOperatorsHaveToBe(String language) {
        Map<Phrase, Template> phrases = Objects.requireNonNull(BuiltInLanguages.all().get(language));
        phrases.forEach((phrase, template) ->
            assertThat(Template.of(phrase, template.miniMessage())).as(phrase.key()).isEqualTo(template)
        );
    }

    @ParameterizedTest
    @EnumSource(Phrase.class)
    void everyPhraseCanBeSaidInEveryLanguageWithAllOfItsValues(Phrase phrase) {
        Map<Placeholder, Value> values = new HashMap<>();
        for (Placeholder placeholder : phrase.placeholders()) {
            values.put(placeholder, placeholder.counts() ? new Count(4711) : quote("the " + placeholder));
        }
        for (String language : Phrasebook.builtInLanguages()) {
            String words = BUILT_IN.text(new Message(phrase, values), language).words();
            assertThat(words).isNotBlank().doesNotContain("<");
        }
    }

    @ParameterizedTest
    @CsvSource({ "de_DE, läuft", "de_at, läuft", "DE-ch, läuft", "de, läuft", "en_GB, running", "fr_FR, running" })
    void aPlayerHearsTheLanguageOfTheClientAndOtherwiseEnglish(String locale, String word) {
        assertThat(BUILT_IN.text(Messages.refused("survival"), locale).words()).contains("survival", word);
    }

    @Test
    void aPlayerWhoseLanguageIsNotKnownHearsTheDefaultLanguage() {
        var german = new Phrasebook("de", Map.of());
        assertThat(german.text(Messages.refused("survival"), null).words()).contains("läuft");
        assertThat(german.text(Messages.refused("survival"), "fr_fr").words()).contains("läuft");
        assertThat(german.text(Messages.refused("survival"), "en_us").words()).contains("running");
    }

    @Test
    void aRegionBuildsUponItsLanguageAndALanguageUponTheDefault() {
        var book = new Phrasebook(
            "de",
            Map.of(
                "de",
                own(Phrase.REFUSED, "Feierabend bei <server>"),
                "de_at",
                own(Phrase.TIMED_OUT, "Servus, <server> schweigt"),
                "fr",
                own(Phrase.TIMED_OUT, "<server> ne répond pas")
            )
        );
        assertThat(words(book, Messages.refused("s"), "de_de")).isEqualTo("Feierabend bei s");
        assertThat(words(book, Messages.timedOut("s"), "de_de")).contains("antwortet");
        assertThat(words(book, Messages.refused("s"), "de_at")).isEqualTo("Feierabend bei s");
        assertThat(words(book, Messages.timedOut("s"), "de_at")).isEqualTo("Servus, s schweigt");
        assertThat(words(book, Messages.timedOut("s"), "fr_ca")).isEqualTo("s ne répond pas");
        assertThat(words(book, Messages.refused("s"), "fr_ca")).isEqualTo("Feierabend bei s");
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "<red>boo", "</gray>", "<host>", "<click:run_command:'/op me'>x</click>", "\\<gold>", "§4" }
    )
    void aValueIsNeverTakenForATag(String hostname) {
        Text text = BUILT_IN.text(Messages.unknownHost(hostname), null);
        assertThat(text.words()).contains("\"" + hostname + "\"");
        assertThat(everythingIn(text.component())).allSatisfy(part -> assertThat(part.style().clickEvent()).isNull());
    }

    @Test
    void aServersOwnWordsKeepTheirStyleWithinAMessage() {
        Component reason = Component.text("closed for tea", NamedTextColor.AQUA);
        Text text = BUILT_IN.text(Messages.switchFailed("survival", new Quote(Text.of(reason))), "de_de");
        assertThat(text.words()).startsWith("Der Wechsel zu survival").endsWith("closed for tea");
        assertThat(everythingIn(text.component())).contains(reason);
    }

    @Test
    void aMessageWithinAMessageIsInTheSameLanguage() {
        var words = BUILT_IN.text(Messages.switchFailed("survival", Messages.refused("survival")), "de_de").words();
        assertThat(words).startsWith("Der Wechsel zu survival").contains("survival läuft gerade nicht");
    }

    @Test
    void whatAServerSaidIsPassedOnAsItCame() {
        Text said = Text.ofJson("{\"text\":\"bye\"}");
        assertThat(BUILT_IN.text(new Quote(said), "de_de")).isSameAs(said);
    }

    @ParameterizedTest
    @CsvSource({ "1, in a second.", "2, in 2 seconds.", "0, in 0 seconds." })
    void oneSecondIsNotSeveralSeconds(int seconds, String words) {
        assertThat(BUILT_IN.text(Messages.tooManyLogins(seconds), null).words()).endsWith(words);
    }

    @Test
    void whatTheClientCanTranslateItselfStaysItsOwn() {
        for (String language : Phrasebook.builtInLanguages()) {
            Component component = BUILT_IN.text(Messages.loggedInElsewhere(), language).component();
            assertThat(component).isInstanceOfSatisfying(TranslatableComponent.class, translatable -> {
                assertThat(translatable.key()).isEqualTo("multiplayer.disconnect.duplicate_login");
                assertThat(translatable.fallback()).isNotBlank();
            });
        }
    }

    @Test
    void whatWaitingPlayersReadIsMadeOfWhatTheServerIsDoing() {
        WaitingWords words = WaitingWords.starting("survival", 12);
        assertThat(words(BUILT_IN, words.bossBar(), "de_de")).isEqualTo("survival startet, noch etwa 12 Sekunden");
        assertThat(words(BUILT_IN, words.chat(), null)).contains("survival is starting, about 12 seconds to go");
        assertThat(words(BUILT_IN, words.tabHeader(), null)).startsWith("survival\n");
        assertThat(words(BUILT_IN, WaitingWords.queued("survival", 3).subtitle(), null)).contains("number 3");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
            "<sever> is down | <server>",
            "<seconds> to go | <server>",
            "<red><server> is down | red",
            "<bold>x</red> | bold",
            "§cold style | sign",
        }
    )
    void aTemplateThatCannotWorkIsRefusedWithTheWayOut(String template, String hint) {
        assertThatThrownBy(() -> Template.of(Phrase.REFUSED, template))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(hint)
            .hasMessageContaining("placeholders of this phrase: <server>");
    }

    @ParameterizedTest
    @ValueSource(strings = { "<seconds:'a second'>", "<seconds:a:b:c>" })
    void aNumberNeedsWordsForOneAndForSeveral(String template) {
        assertThatThrownBy(() -> Template.of(Phrase.TOO_MANY_LOGINS, template)).hasMessageContaining("<seconds");
    }

    @Test
    void aMessageHasExactlyTheValuesOfItsPhrase() {
        assertThatThrownBy(() -> new Message(Phrase.REFUSED, Map.of())).hasMessageContaining("SERVER");
        assertThatThrownBy(() ->
            new Message(Phrase.BAD_NAME, Map.of(Placeholder.SERVER, quote("survival")))
        ).hasMessageContaining("SERVER");
        assertThatThrownBy(() ->
            new Message(Phrase.TOO_MANY_LOGINS, Map.of(Placeholder.SECONDS, quote("many")))
        ).hasMessageContaining("SECONDS");
    }

    private static Map<Phrase, Template> own(Phrase phrase, String template) {
        return Map.of(phrase, Template.of(phrase, template));
    }

    private static Quote quote(String words) {
        return new Quote(Text.plain(words));
    }

    private static String words(Phrasebook book, Words words, @Nullable String locale) {
        return book.text(words, locale).words();
    }

    private static Iterable<Component> everythingIn(Component component) {
        return component.iterable(ComponentIteratorType.DEPTH_FIRST);
    }
}
