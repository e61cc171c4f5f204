package io.nightporter.proxy.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as they are written in the file: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h30m}. */
final class Durations {

    private static final Pattern FORM = Pattern.compile(
        "(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?"
    );
    private static final long[] MILLIS = { 86_400_000, 3_600_000, 60_000, 1000, 1 };
    private static final String[] UNITS = { "d", "h", "m", "s", "ms" };

    /** The same for editors, which read it as an ECMAScript expression. */
    static final String PATTERN = "^(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?$";

    private Durations() {}

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.isEmpty() || !form.matches()) {
            throw new IllegalArgumentException(
                text.matches("\\d+")
                    ? Place.quote(text) + " has no unit; write " + text + "s for seconds, or ms, m, h, d"
                    : Place.quote(text) + " is not a duration; write one such as 500ms, 10s, 5m or 1h30m"
            );
        }
        long millis = 0;
        for (int i = 0; i < MILLIS.length; i++) {
            String digits = form.group(i + 1);
            millis += digits == null ? 0 : Long.parseLong(digits) * MILLIS[i];
        }
        return Duration.ofMillis(millis);
    }

    static String format(Duration duration) {
        var text = new StringBuilder();
        long rest = duration.toMillis();
        for (int i = 0; i < MILLIS.length; i++) {
            if (rest >= MILLIS[i]) {
                text.append(rest / MILLIS[i]).append(UNITS[i]);
                rest %= MILLIS[i];
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
