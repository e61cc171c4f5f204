package io.nightporter.orchestrator.driver;

/** Hears what happens on a node. What it hears is a hint to look, not the truth: that is what {@link Driver#find} says. */
@FunctionalInterface
public interface DriverListener {
    void heard(DriverEvent event);
}
