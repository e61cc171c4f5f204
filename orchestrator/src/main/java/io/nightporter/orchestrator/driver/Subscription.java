package io.nightporter.orchestrator.driver;

/** Ends a subscription. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    /** No call begins after this; one that is under way may end later. */
    @Override
    void close();
}
