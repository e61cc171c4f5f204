package io.nightporter.protocol.packet;

/**
 * What a peer sent cannot be right. Costs no stack trace, since a hostile peer can cause as many as it likes; whoever
 * catches it closes that connection and counts {@link #reason()}.
 */
public final class BadPacketException extends RuntimeException {

    private final String reason;

    /**
     * @param reason a short constant for the metric, such as {@code frame_too_long}
     * @param message one sentence with the offending figure, fit for a log line
     */
    public BadPacketException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
