package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.Drivers;
import io.nightporter.orchestrator.store.Store;

/**
 * What a fleet is put together from.
 *
 * @param store stays open when the fleet is closed
 * @param time stays as it is, too
 * @param containers makes servers of containers with labels
 */
public record FleetParts(
    Store store,
    Drivers drivers,
    Probe probe,
    ServerConsole console,
    PlayerGateway players,
    Placement placement,
    Timekeeper time,
    FleetSettings settings,
    ContainerReader containers
) {
    /** Where no container makes itself a server. */
    public FleetParts(
        Store store,
        Drivers drivers,
        Probe probe,
        ServerConsole console,
        PlayerGateway players,
        Placement placement,
        Timekeeper time,
        FleetSettings settings
    ) {
        this(store, drivers, probe, console, players, placement, time, settings, ContainerReader.NONE);
    }
}
