package io.nightporter.orchestrator.driver;

/** Hears how far a {@link Driver#prepare} is. */
@FunctionalInterface
public interface PullProgress {
    /**
     * @param fraction 0 … 1, never less than before
     * @param detail a few words for people, such as {@code 120 of 310 MB}
     */
    void at(double fraction, String detail);
}
