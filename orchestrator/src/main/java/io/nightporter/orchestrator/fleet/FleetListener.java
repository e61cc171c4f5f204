package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.FleetEvent;

/** Hears what happens in the fleet, after it was recorded. Is called by several threads and must not block. */
@FunctionalInterface
public interface FleetListener {
    void heard(FleetEvent event);
}
