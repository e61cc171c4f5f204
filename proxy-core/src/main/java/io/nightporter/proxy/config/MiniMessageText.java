package io.nightporter.proxy.config;

import net.kyori.adventure.text.minimessage.MiniMessage;
import net.kyori.adventure.text.minimessage.ParsingException;

/** Texts with tags such as {@code <gold>…</gold>}. */
final class MiniMessageText {

    private MiniMessageText() {}

    /**
     * The same text, if every tag in it is closed and in its place.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static String check(String text) {
        if (text.indexOf('§') >= 0) {
            throw new IllegalArgumentException("§ codes are not MiniMessage; write <gold>…</gold> instead of §6…");
        }
        if (text.indexOf('<') < 0) {
            return text;
        }
        try {
            MiniMessage.builder().strict(true).build().deserialize(text);
            return text;
        } catch (ParsingException e) {
            String detail = e.detailMessage();
            String reason = detail == null ? "a tag is not closed or not in its place" : firstLine(detail);
            throw new IllegalArgumentException("not valid MiniMessage: " + reason);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
