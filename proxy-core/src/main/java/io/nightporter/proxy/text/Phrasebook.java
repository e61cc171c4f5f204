package io.nightporter.proxy.text;

import io.nightporter.protocol.text.Text;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/** What players are told, in all languages of one configuration. Never changes. */
public final class Phrasebook {

    /** Has every phrase, whatever the configuration says. */
    public static final String ENGLISH = "en";

    /** Far more than what is being said at a time. */
    private static final int MOST_SAID = 256;

    /** Every phrase for every language; what a language lacks comes from the default language, else from English. */
    private final Map<String, Map<Phrase, Template>> byLanguage = new HashMap<>();
    private final String defaultLanguage;
    private final Map<Line, Text> said = new ConcurrentHashMap<>();

    /** Words and the language that they are said in. */
    private record Line(Message message, String language) {}

    /**
     * @param defaultLanguage for players whose language is not known, or not here; a built-in one or one of {@code own}
     * @param own by language as {@link #language} writes it; each may have just some of the phrases
     */
    public Phrasebook(String defaultLanguage, Map<String, Map<Phrase, Template>> own) {
        this.defaultLanguage = defaultLanguage;
        Map<String, Map<Phrase, Template>> builtIn = BuiltInLanguages.all();
        Map<Phrase, Template> byDefault = new EnumMap<>(Phrase.class);
        byDefault.putAll(Objects.requireNonNull(builtIn.get(ENGLISH)));
        byDefault.putAll(builtIn.getOrDefault(defaultLanguage, Map.of()));
        byDefault.putAll(own.getOrDefault(defaultLanguage, Map.of()));
        Set<String> languages = new TreeSet<>(builtIn.keySet());
        languages.addAll(own.keySet());
        languages.add(defaultLanguage);
        // In the order of the alphabet, so that de is there when de_at builds upon it.
        for (String language : languages) {
            Map<Phrase, Template> phrases = new EnumMap<>(byLanguage.getOrDefault(withoutRegion(language), byDefault));
            phrases.putAll(builtIn.getOrDefault(language, Map.of()));
            phrases.putAll(own.getOrDefault(language, Map.of()));
            byLanguage.put(language, phrases);
        }
    }

    /** English and the other languages that need no configuration. */
    public static Phrasebook builtIn() {
        return new Phrasebook(ENGLISH, Map.of());
    }

    /** The languages that need no configuration. */
    public static Set<String> builtInLanguages() {
        return BuiltInLanguages.all().keySet();
    }

    /** What a phrase is in English as long as nobody has other words for it; for the documentation. */
    public static Template english(Phrase phrase) {
        return Objects.requireNonNull(Objects.requireNonNull(BuiltInLanguages.all().get(ENGLISH)).get(phrase));
    }

    /** A language or locale as it is compared: {@code de_at}, however client or configuration write it. */
    public static String language(String locale) {
        return locale.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * The words in the player's language.
     *
     * @param locale as the client says it, such as {@code de_DE} or {@code de_at}; null: not known yet
     */
    public Text text(Words words, @Nullable String locale) {
        return switch (words) {
            case Quote(Text text) -> text;
            case Message message -> said(message, known(locale));
        };
    }

    /** What a thousand players are told at once is put together once. */
    private Text said(Message message, String language) {
        var line = new Line(message, language);
        Text before = said.get(line);
        if (before != null) {
            return before;
        }
        if (said.size() >= MOST_SAID) {
            said.clear();
        }
        Text text = Text.of(component(message, Objects.requireNonNull(byLanguage.get(language))));
        said.put(line, text);
        return text;
    }

    /** The language that there are words in for this locale. */
    private String known(@Nullable String locale) {
        if (locale != null) {
            String language = language(locale);
            if (byLanguage.containsKey(language)) {
                return language;
            }
            if (byLanguage.containsKey(withoutRegion(language))) {
                return withoutRegion(language);
            }
        }
        return defaultLanguage;
    }

    private static Component component(Message message, Map<Phrase, Template> phrases) {
        Template template = Objects.requireNonNull(phrases.get(message.phrase()));
        return template.fill(
            message.values(),
            words ->
                switch (words) {
                    case Quote(Text text) -> text.component();
                    case Message inner -> component(inner, phrases);
                }
        );
    }

    private static String withoutRegion(String language) {
        int region = language.indexOf('_');
        return region < 0 ? language : language.substring(0, region);
    }
}
