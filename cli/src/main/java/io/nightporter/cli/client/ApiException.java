package io.nightporter.cli.client;

import java.util.List;

/** A question to the admin API that was not answered as hoped. The message is for people and says what to do. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why there is no answer, as far as the program's exit code is concerned. */
    public enum Reason {
        /** Nobody answers at the address, or somebody else does. */
        NOT_REACHABLE,
        /** No token, a wrong one, or one that may not do this. */
        NOT_ALLOWED,
        NOT_FOUND,
        /** Everything else that Nightporter says no to. */
        REFUSED,
    }

    private final Reason reason;
    private final transient List<Problem> problems;

    /**
     * What is wrong with a text that was sent.
     *
     * @param line counted from 1; 0 if it is not known
     * @param path which key, such as {@code idleAfter}; may be empty
     */
    public record Problem(int line, String path, String message) {}

    public ApiException(Reason reason, String message) {
        this(reason, message, List.of());
    }

    public ApiException(Reason reason, String message, List<Problem> problems) {
        super(message);
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    public Reason reason() {
        return reason;
    }

    /** All that is wrong with what was sent, where Nightporter says so. */
    public List<Problem> problems() {
        return problems;
    }
}
