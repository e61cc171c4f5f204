package io.nightporter.proxy.admin.access;

import io.nightporter.orchestrator.model.AccessToken;
import io.nightporter.orchestrator.model.AccessToken.Scope;
import io.nightporter.orchestrator.model.ServerDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param token the id of the token
 * @param name of the token, for causes and the audit
 * @param owner the player whose servers it is for; null for other scopes
 */
public record Caller(String token, String name, Scope scope, @Nullable String owner) {
    static Caller of(AccessToken token) {
        return new Caller(token.id(), token.name(), token.scope(), token.owner());
    }

    /** Whether a server is among those that the token is for. */
    public boolean sees(ServerDefinition server) {
        return (
            scope != Scope.OWNER ||
            server
                .owners()
                .stream()
                .anyMatch(one -> one.equalsIgnoreCase(owner))
        );
    }

    public boolean isOwner() {
        return scope == Scope.OWNER;
    }

    public boolean isAdmin() {
        return scope == Scope.ADMIN;
    }
}
