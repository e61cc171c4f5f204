package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** The entries by their keys; of one that stands there twice the first counts, and the second is reported. */
    Map<String, Node.Entry> entries(Node.Mapping mapping) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            Node.Entry earlier = entries.putIfAbsent(entry.key(), entry);
            if (earlier != null) {
                at(entry).error(entry.line(), "stands here twice; the first is on line " + earlier.line());
            }
        }
        return entries;
    }

    /** Where an entry of this block stands. */
    Place at(Node.Entry entry) {
        return at(oneLine(entry.key()), entry.line());
    }

    /** Where this is, for a message about the other place. */
    String seenFrom(Place other) {
        String file = reading.shown();
        return file.equals(other.reading.shown()) ? "on line " + line : "in " + file + ":" + line;
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
