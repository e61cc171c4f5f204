package io.nightporter.proxy.admin.route;

/**
 * Something behind the question mark. None is required.
 *
 * @param max for numbers: the greatest; 0 otherwise
 */
public record Parameter(String name, Kind kind, int max, String description) {
    /** What is written there. */
    public enum Kind {
        TEXT("string"),
        NUMBER("integer"),
        YES_OR_NO("boolean");

        private final String schema;

        Kind(String schema) {
            this.schema = schema;
        }

        String schema() {
            return schema;
        }
    }

    public static Parameter text(String name, String description) {
        return new Parameter(name, Kind.TEXT, 0, description);
    }

    /** A number from 1. */
    public static Parameter number(String name, int max, String description) {
        return new Parameter(name, Kind.NUMBER, max, description);
    }

    public static Parameter yesOrNo(String name, String description) {
        return new Parameter(name, Kind.YES_OR_NO, 0, description);
    }
}
