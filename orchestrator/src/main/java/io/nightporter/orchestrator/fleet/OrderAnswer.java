package io.nightporter.orchestrator.fleet;

/** What the fleet says to an order. */
public sealed interface OrderAnswer {
    /**
     * It is being done.
     *
     * @param operation the id to follow it by
     */
    record Begun(String operation) implements OrderAnswer {}

    /** It is so already, or was done at once. */
    record Already(String message) implements OrderAnswer {}

    /** It cannot be done, as things are; the message says what would have to change. */
    record Refused(String message) implements OrderAnswer {}

    /** There is no server or node of that name, or no such operation. */
    record Unknown() implements OrderAnswer {}
}
