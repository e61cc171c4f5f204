package io.nightporter.proxy.text;

import io.nightporter.protocol.text.MiniMessageText;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.minimessage.Context;
import net.kyori.adventure.text.minimessage.tag.Tag;
import net.kyori.adventure.text.minimessage.tag.resolver.ArgumentQueue;
import net.kyori.adventure.text.minimessage.tag.resolver.TagResolver;

/**
 * The words of a phrase in one language, as MiniMessage with placeholders. {@code <seconds>} is the number alone,
 * {@code <seconds:'a second':'# seconds'>} has words for one and for any other number, where # stands for it.
 */
public record Template(String miniMessage) {
    private static final Component SAMPLE = Component.text("sample");

    /**
     * A template for this phrase.
     *
     * @throws IllegalArgumentException with one sentence that says what is wrong, for whoever wrote the template
     */
    public static Template of(Phrase phrase, String miniMessage) {
        TagResolver samples = TagResolver.resolver(
            phrase
                .placeholders()
                .stream()
                .map(placeholder -> placeholder.counts() ? counted(placeholder, 2) : inserted(placeholder, SAMPLE))
                .toList()
        );
        try {
            MiniMessageText.parse(miniMessage, samples);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; " + placeholders(phrase), e);
        }
        return new Template(miniMessage);
    }

    private static String placeholders(Phrase phrase) {
        return phrase.placeholders().isEmpty()
            ? "this phrase has no placeholders"
            : phrase
                  .placeholders()
                  .stream()
                  .map(Template::written)
                  .collect(Collectors.joining(", ", "placeholders of this phrase: ", ""));
    }

    private static String written(Placeholder placeholder) {
        String tag = placeholder.tag();
        return placeholder.counts() ? "<" + tag + "> or <" + tag + ":'one':'# of them'>" : "<" + tag + ">";
    }

    /**
     * The template with its values. These are inserted as they are: nothing in them is taken for a tag.
     *
     * @param rendered makes words of those values that are words
     */
    Component fill(Map<Placeholder, Value> values, Function<Words, Component> rendered) {
        TagResolver resolver = TagResolver.resolver(
            values
                .entrySet()
                .stream()
                .map(
                    entry ->
                        switch (entry.getValue()) {
                            case Count count -> counted(entry.getKey(), count.number());
                            case Words words -> inserted(entry.getKey(), rendered.apply(words));
                        }
                )
                .toList()
        );
        return MiniMessageText.fill(miniMessage, resolver);
    }

    private static TagResolver inserted(Placeholder placeholder, Component value) {
        return TagResolver.resolver(placeholder.tag(), Tag.selfClosingInserting(value));
    }

    private static TagResolver counted(Placeholder placeholder, long number) {
        return TagResolver.resolver(placeholder.tag(), (arguments, context) ->
            Tag.selfClosingInserting(Component.text(words(number, arguments, context)))
        );
    }

    private static String words(long number, ArgumentQueue arguments, Context context) {
        if (!arguments.hasNext()) {
            return Long.toString(number);
        }
        String forms = "needs words for one and words for several";
        String one = arguments.popOr(forms).value();
        String several = arguments.popOr(forms).value();
        if (arguments.hasNext()) {
            throw context.newException(forms, arguments);
        }
        return (number == 1 ? one : several).replace("#", Long.toString(number));
    }
}
