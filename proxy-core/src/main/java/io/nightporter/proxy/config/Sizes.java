package io.nightporter.proxy.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of bytes as they are written in the file: {@code 4096}, {@code 256KiB}, {@code 1MiB}, {@code 4GiB}. */
final class Sizes {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)?");
    private static final String[] UNITS = { "KiB", "MiB", "GiB" };
    /** Each unit is 1024 of the one before. */
    private static final int BITS_A_STEP = 10;

    /** The same for editors, which read it as an ECMAScript expression. */
    static final String PATTERN = "^\\d+(KiB|MiB|GiB)?$";

    private Sizes() {}

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    static long parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is not a size; write one such as 4096 (bytes), 256KiB, 1MiB or 4GiB"
            );
        }
        long number = Long.parseLong(form.group(1));
        int shift = 0;
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(form.group(2))) {
                shift = BITS_A_STEP * (i + 1);
            }
        }
        return number << shift;
    }

    /** In the largest unit that leaves a whole number. */
    static String format(long bytes) {
        for (int i = UNITS.length; i > 0; i--) {
            long unit = 1L << (BITS_A_STEP * i);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + UNITS[i - 1];
            }
        }
        return String.valueOf(bytes);
    }
}
