package io.nightporter.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Numbers as people read them. */
public final class Amounts {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String[] BYTES = { "B", "KiB", "MiB", "GiB", "TiB" };

    private Amounts() {}

    /** Such as {@code 1.5 GiB}. */
    public static String bytes(double bytes) {
        double amount = bytes;
        int unit = 0;
        while (Math.abs(amount) >= 1024 && unit < BYTES.length - 1) {
            amount /= 1024;
            unit++;
        }
        String number = String.format(Locale.ROOT, amount == Math.rint(amount) ? "%.0f" : "%.1f", amount);
        return number + " " + BYTES[unit];
    }

    /** The two largest units, such as {@code 2d 3h}, {@code 5m 10s} or {@code 7s}. */
    public static String seconds(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        if (whole < 60) {
            return whole + "s";
        }
        if (whole < 3600) {
            return pair(whole / 60, "m", whole % 60, "s");
        }
        if (whole < 86_400) {
            return pair(whole / 3600, "h", (whole % 3600) / 60, "m");
        }
        return pair(whole / 86_400, "d", (whole % 86_400) / 3600, "h");
    }

    private static String pair(long large, String unit, long small, String smaller) {
        return small == 0 ? large + unit : large + unit + " " + small + smaller;
    }

    /** How long ago a moment was that is written as ISO 8601; empty if it is none. */
    public static String ago(String moment, Instant now) {
        return distance(moment, now, -1);
    }

    /** How long it is until then; empty if it is none. */
    public static String until(String moment, Instant now) {
        return distance(moment, now, 1);
    }

    private static String distance(String moment, Instant now, int sign) {
        try {
            return seconds((sign * Duration.between(now, Instant.parse(moment)).toMillis()) / 1000.0);
        } catch (DateTimeParseException _) {
            return "";
        }
    }

    /** In this machine's time zone; what is no moment stays as it is. */
    public static String local(String moment) {
        try {
            return MOMENT.format(Instant.parse(moment).atZone(ZoneId.systemDefault()));
        } catch (DateTimeParseException _) {
            return moment;
        }
    }
}
