package io.nightporter.proxy.text;

import java.util.Map;

/**
 * A phrase together with what its placeholders stand for; which words that makes depends on the player's language.
 *
 * @param values exactly those that the phrase has placeholders for
 */
public record Message(Phrase phrase, Map<Placeholder, Value> values) implements Words {
    public Message {
        if (!values.keySet().equals(phrase.placeholders())) {
            throw new IllegalArgumentException(
                phrase + " has the placeholders " + phrase.placeholders() + ", not " + values.keySet()
            );
        }
        values.forEach((placeholder, value) -> {
            if (placeholder.counts() != value instanceof Count) {
                throw new IllegalArgumentException(placeholder + " does not stand for " + value);
            }
        });
        values = Map.copyOf(values);
    }
}
