package io.nightporter.orchestrator.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token for the admin API. The token itself is known to whoever was given it, and to nobody else.
 *
 * @param id a ULID
 * @param name for people, and for the records of what was done with it
 * @param owner the player whose servers it is for, a name or a UUID; null for other scopes
 * @param hash the SHA-256 of the token, as 64 hexadecimal digits
 * @param lastUsedAt null: never; otherwise no more than a minute or two too early
 * @param expiresAt null: never
 */
public record AccessToken(
    String id,
    String name,
    Scope scope,
    @Nullable String owner,
    String hash,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant expiresAt
) {
    /** What may be done with it. */
    public enum Scope {
        /** Everything. */
        ADMIN,
        /** What an owner of servers does with them. */
        OWNER,
        /** Looking at everything. */
        READ,
    }

    /** Whether it opens anything at this moment. */
    public boolean valid(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** The same, used at this moment. */
    public AccessToken used(Instant at) {
        return new AccessToken(id, name, scope, owner, hash, createdAt, at, expiresAt);
    }

    /** Without what was made of the token. */
    @Override
    public String toString() {
        return "AccessToken[id=" + id + ", name=" + name + ", scope=" + scope + ", owner=" + owner + "]";
    }
}
