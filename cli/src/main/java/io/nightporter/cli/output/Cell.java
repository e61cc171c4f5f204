package io.nightporter.cli.output;

import io.nightporter.cli.output.Terminal.Colour;

/**
 * One entry of a table.
 *
 * @param text one line without control characters; what is not there is {@code -}
 * @param right whether it stands at the right of its column, as numbers do
 */
public record Cell(String text, Colour colour, boolean right) {
    public Cell {
        text = text.isBlank() ? "-" : Plain.text(text);
    }

    public static Cell of(String text) {
        return new Cell(text, Colour.NONE, false);
    }

    public static Cell of(String text, Colour colour) {
        return new Cell(text, colour, false);
    }

    public static Cell number(String text) {
        return new Cell(text, Colour.NONE, true);
    }

    int width() {
        return text.codePointCount(0, text.length());
    }
}
