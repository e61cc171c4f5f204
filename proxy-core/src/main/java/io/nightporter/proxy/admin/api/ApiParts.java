package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.Orchestrator;
import io.nightporter.orchestrator.fleet.Timekeeper;
import io.nightporter.orchestrator.store.AccessStore;
import io.nightporter.orchestrator.store.Store;
import java.time.Instant;

/**
 * What the admin API is put together from. Nothing of it is closed with the API.
 *
 * @param version Nightporter's own
 * @param startedAt when the process began
 * @param storeKind {@code sqlite} or {@code postgresql}
 * @param store what the fleet has recorded
 * @param access tokens and audit
 */
public record ApiParts(
    String version,
    Instant startedAt,
    String storeKind,
    Store store,
    AccessStore access,
    Orchestrator fleet,
    FleetOrders orders,
    DefinitionReader definitions,
    PlayerDesk players,
    Timekeeper time
) {}
