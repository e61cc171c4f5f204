package io.nightporter.proxy.yaml;

import java.util.List;

/** A value in the file and the line (from 1) that it begins on. */
public sealed interface Node {
    int line();

    /**
     * @param text as written; numbers and true/false are not interpreted yet, so that {@code 1.20} stays 1.20
     * @param plain whether it stands there without quotes
     */
    record Scalar(int line, String text, boolean plain) implements Node {
        /** Whether the key has nothing behind it. */
        public boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    record Sequence(int line, List<Node> items) implements Node {}

    record Mapping(int line, List<Entry> entries) implements Node {}

    /** @param line where the key stands; the value may begin below */
    record Entry(int line, String key, Node value) {}
}
