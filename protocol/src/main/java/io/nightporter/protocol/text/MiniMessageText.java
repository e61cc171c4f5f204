package io.nightporter.protocol.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.minimessage.MiniMessage;
import net.kyori.adventure.text.minimessage.ParsingException;
import net.kyori.adventure.text.minimessage.tag.resolver.TagResolver;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;

/** Texts that people write into the configuration: MiniMessage, such as {@code <gold>Night shift</gold>}. */
public final class MiniMessageText {

    private static final MiniMessage STRICT = MiniMessage.builder().strict(true).build();

    private static final Pattern TAG = Pattern.compile("</?[a-z0-9_-]+(:[^<>]*)?/?>");

    private MiniMessageText() {}

    /**
     * Reads a text; every tag must be closed, so that a slip is noticed when the configuration is loaded.
     *
     * @param placeholders tags with meanings of their own, such as the remaining seconds
     * @throws IllegalArgumentException with one sentence that says what is wrong, for whoever wrote the text
     */
    public static Component parse(String text, TagResolver... placeholders) {
        if (text.indexOf('§') >= 0) {
            throw new IllegalArgumentException("write colours as tags, such as <gold>…</gold>, not with the sign §");
        }
        Component component;
        try {
            component = STRICT.deserialize(text, placeholders);
        } catch (ParsingException e) {
            throw new IllegalArgumentException(reason(e), e);
        }
        refuseUnknownTags(text, component);
        return component;
    }

    /**
     * A text that {@link #parse} has accepted, with other values for its placeholders: whatever is in these, even if it
     * looks like a tag, is no reason to complain.
     */
    public static Component fill(String text, TagResolver... placeholders) {
        return STRICT.deserialize(text, placeholders);
    }

    /** MiniMessage leaves a tag that it does not know as text, where a player would see it. */
    private static void refuseUnknownTags(String text, Component component) {
        Matcher tag = TAG.matcher(PlainTextComponentSerializer.plainText().serialize(component));
        while (tag.find()) {
            // What a placeholder put in is not the writer's, and a backslash says that the tag is meant as text.
            if (text.contains(tag.group()) && !text.contains('\\' + tag.group())) {
                throw new IllegalArgumentException(
                    tag.group() +
                        " is not a known tag or has a bad value; if it is meant as text, write \\" +
                        tag.group()
                );
            }
        }
    }

    private static String reason(ParsingException e) {
        // The exception's message goes on with a drawing of the position over several lines.
        String detail = String.valueOf(e.detailMessage());
        String sentence = detail.lines().findFirst().orElse(detail).strip();
        return e.startIndex() == ParsingException.LOCATION_UNKNOWN
            ? sentence
            : sentence + " (at character " + (e.startIndex() + 1) + ")";
    }
}
