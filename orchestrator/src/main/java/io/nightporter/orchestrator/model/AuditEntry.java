package io.nightporter.orchestrator.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody changed something through the admin API, or was refused.
 *
 * @param id a ULID
 * @param token the name of the token; null: there was none that is known
 * @param status of HTTP
 * @param address where the request came from
 */
public record AuditEntry(
    String id,
    Instant at,
    @Nullable String token,
    String method,
    String path,
    int status,
    String address
) {}
