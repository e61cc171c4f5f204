package io.nightporter.proxy.config;

import io.nightporter.proxy.text.Phrase;
import io.nightporter.proxy.text.Phrasebook;
import io.nightporter.proxy.text.Template;
import java.time.Duration;
import java.util.Map;

/**
 * How players wait, and what all players are told.
 *
 * @param stallAfter silence of a server after which its players are taken into the waiting room; zero: never
 * @param loginHold how long clients that cannot be shown a waiting room are held in login
 * @param language for players whose own is not known or not here, as {@link Phrasebook#language} writes it
 * @param languages the operator's own words by language; each may have just some of the phrases
 */
public record WaitingRoomSettings(
    Duration stallAfter,
    Duration loginHold,
    String language,
    Map<String, Map<Phrase, Template>> languages
) {
    public Phrasebook phrasebook() {
        return new Phrasebook(language, languages);
    }
}
