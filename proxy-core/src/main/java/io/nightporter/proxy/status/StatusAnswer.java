package io.nightporter.proxy.status;

/** What is done about a question for the status. */
public sealed interface StatusAnswer {
    /**
     * @param json for the status response, at most 32,767 characters
     */
    record Show(String json) implements StatusAnswer {}

    /** The connection is to be closed without a word. */
    record HangUp() implements StatusAnswer {}
}
