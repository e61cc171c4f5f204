package io.nightporter.proxy.config;

/**
 * Where in the file a value stands.
 *
 * @param line of its key
 * @param path its key with all the keys above, joined by dots
 */
record Place(Reading reading, int line, String path) {
    Place at(String key, int line) {
        return new Place(reading, line, path.isEmpty() ? key : path + "." + key);
    }

    void error(int line, String message) {
        reading.error(line, path, message);
    }

    void warning(int line, String message) {
        reading.warning(line, path, message);
    }

    /** A value as it may appear within a message: on one line and not too long. */
    static String quote(String value) {
        String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
        return "'" + oneLine(shown) + "'";
    }

    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
