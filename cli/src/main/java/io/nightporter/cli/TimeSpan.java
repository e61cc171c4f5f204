package io.nightporter.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time spans as they are typed: {@code 90s}, {@code 10m}, {@code 36h}, {@code 30d}. */
final class TimeSpan {

    private static final Pattern TYPED = Pattern.compile("(\\d{1,9})([smhd])");

    private TimeSpan() {}

    /** @throws IllegalArgumentException when it is none; the message says what one looks like */
    static long seconds(String typed) {
        Matcher span = TYPED.matcher(typed);
        if (!span.matches()) {
            throw new IllegalArgumentException("a time span looks like 90s, 10m, 36h or 30d, not like " + typed);
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "m" -> count * 60;
            case "h" -> count * 3600;
            case "d" -> count * 86_400;
            default -> count;
        };
    }
}
