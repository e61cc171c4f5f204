package io.nightporter.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** Since when somebody wants to know: events are asked for by id, and ids begin with the time. */
final class EventMoment {

    private static final Pattern ID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int CHANCE_DIGITS = 16;

    private EventMoment() {}

    /**
     * @param typed a time span back from now, a moment as ISO 8601 has it, or an id
     * @return an id that is smaller than those of all events since then, and greater than those before
     * @throws IllegalArgumentException when it is none of them
     */
    static String id(String typed, Instant now) {
        String upper = typed.toUpperCase(Locale.ROOT);
        if (ID.matcher(upper).matches()) {
            return upper;
        }
        try {
            return first(OffsetDateTime.parse(typed).toInstant());
        } catch (DateTimeException _) {
            // Not a moment.
        }
        try {
            return first(now.minusSeconds(TimeSpan.seconds(typed)));
        } catch (IllegalArgumentException | DateTimeException _) {
            throw new IllegalArgumentException(
                "--since must be a time span such as 10m, a moment such as 2026-11-23T16:40:00Z, or an event's id, not " +
                    typed
            );
        }
    }

    private static String first(Instant at) {
        long millis = Math.max(0, at.toEpochMilli());
        var id = new StringBuilder();
        for (int digit = 0; digit < TIME_DIGITS; digit++) {
            id.append(DIGITS[(int) (millis >>> (5 * (TIME_DIGITS - 1 - digit))) & 31]);
        }
        return id.append("0".repeat(CHANCE_DIGITS)).toString();
    }
}
