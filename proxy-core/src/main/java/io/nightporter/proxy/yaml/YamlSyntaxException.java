package io.nightporter.proxy.yaml;

/** The text is not the YAML that a configuration is written in. */
public final class YamlSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;

    public YamlSyntaxException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** From 1; 0: not known. */
    public int line() {
        return line;
    }
}
