package io.nightporter.proxy.config;

import io.nightporter.proxy.text.Phrase;
import io.nightporter.proxy.text.Phrasebook;
import io.nightporter.proxy.text.Template;
import io.nightporter.proxy.yaml.YamlSyntaxException;
import io.nightporter.proxy.yaml.YamlText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code waitingRoom} and the language files that it names. */
final class WaitingRoomReader {

    private final Reading reading;

    WaitingRoomReader(Reading reading) {
        this.reading = reading;
    }

    WaitingRoomSettings read(Section room) {
        Map<String, Map<Phrase, Template>> languages = new HashMap<>();
        Map<String, Path> files = room.optional(Keys.LANGUAGES);
        if (files != null) {
            files.forEach((language, file) -> languages.put(language, phrases(file)));
        }
        String language = language(room, languages.keySet());
        Map<Phrase, Template> texts = room.optional(Keys.TEXTS);
        if (texts != null && !texts.isEmpty()) {
            Map<Phrase, Template> own = new HashMap<>(languages.getOrDefault(language, Map.of()));
            own.putAll(texts);
            languages.put(language, Map.copyOf(own));
        }
        return new WaitingRoomSettings(
            room.value(Keys.STALL_AFTER),
            room.value(Keys.LOGIN_HOLD),
            language,
            Map.copyOf(languages)
        );
    }

    private static String language(Section room, Set<String> own) {
        String language = Phrasebook.language(room.value(Keys.LANGUAGE));
        Set<String> known = new TreeSet<>(Phrasebook.builtInLanguages());
        known.addAll(own);
        if (!known.contains(language)) {
            room.error(
                Keys.LANGUAGE,
                "there are no words for " +
                    Place.quote(language) +
                    ", only for " +
                    String.join(", ", known) +
                    "; add languages: { " +
                    Place.oneLine(language) +
                    ": messages." +
                    Place.oneLine(language) +
                    ".yml }"
            );
            return Phrasebook.ENGLISH;
        }
        return language;
    }

    private Map<Phrase, Template> phrases(Path file) {
        Reading here = reading.in(file);
        try {
            @Nullable
            Map<Phrase, Template> phrases = Keys.PHRASES.read(YamlText.read(file), new Place(here, 1, ""));
            return phrases == null ? Map.of() : phrases;
        } catch (YamlSyntaxException e) {
            here.error(e.line(), "", String.valueOf(e.getMessage()));
            return Map.of();
        }
    }
}
