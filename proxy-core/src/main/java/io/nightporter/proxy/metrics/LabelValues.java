package io.nightporter.proxy.metrics;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the values of one label few and plain, since each value is a time series for as long as the process lives:
 * lower case letters, digits and underscores, at most 48 characters; after a number of different ones the rest is
 * {@code other}.
 */
final class LabelValues {

    static final String OTHER = "other";

    private static final int MAX_LENGTH = 48;

    private final int max;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    LabelValues(int max) {
        this.max = max;
    }

    String of(String text) {
        String value = plain(text);
        if (known.contains(value)) {
            return value;
        }
        synchronized (known) {
            if (known.size() >= max && !known.contains(value)) {
                return OTHER;
            }
            known.add(value);
            return value;
        }
    }

    private static String plain(String text) {
        if (text.isEmpty()) {
            return OTHER;
        }
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        return cut.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }
}
