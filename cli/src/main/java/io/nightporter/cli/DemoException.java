package io.nightporter.cli;

/** The demo cannot be had; the message is for people and says what to do. */
final class DemoException extends Exception {

    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }
}
