package io.nightporter.orchestrator.model;

import java.time.Duration;

/**
 * How a server is started and stopped.
 *
 * @param startTimeout how long a start may take until the server shows its status; then it is tried again
 * @param startAttempts how many starts in a row may fail until the server is {@link Phase#FAILED}
 * @param stopGrace how long it may take to stop after it was asked to; then it is killed
 */
public record RunRules(Duration startTimeout, int startAttempts, Duration stopGrace) {
    public static final RunRules DEFAULT = new RunRules(Duration.ofMinutes(15), 3, Duration.ofMinutes(1));

    public RunRules {
        if (startAttempts < 1) {
            throw new IllegalArgumentException("startAttempts must be 1 or more: " + startAttempts);
        }
    }
}
