package io.nightporter.orchestrator.model;

import io.nightporter.orchestrator.HostAndPort;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record of a server's container or process on a node. A server has one at most.
 *
 * @param id a ULID
 * @param name what it is called on the node, known before it is made: no second one of that name can be made there
 * @param handle the driver's own key, such as a container's id; null before it was made
 * @param address where the game listens; null while it does not run
 * @param startedAt when it began to run, as the node says; null while it does not run
 */
public record Instance(
    String id,
    String server,
    String node,
    String name,
    @Nullable String handle,
    @Nullable HostAndPort address,
    @Nullable Instant startedAt
) {}
