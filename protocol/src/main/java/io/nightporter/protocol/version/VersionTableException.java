package io.nightporter.protocol.version;

/** A version table cannot be used. The message begins with {@code file:line:} and says what is wrong. */
public final class VersionTableException extends RuntimeException {

    public VersionTableException(String message) {
        super(message);
    }
}
