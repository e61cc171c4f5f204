package io.nightporter.proxy.config;

/** The text is not the YAML that a configuration is written in. */
final class YamlSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;

    YamlSyntaxException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** From 1; 0: not known. */
    int line() {
        return line;
    }
}
