package io.nightporter.proxy.admin.route;

import io.nightporter.orchestrator.model.AccessToken.Scope;
import java.util.EnumSet;
import java.util.Set;

/** Who may use a route. Every route has one. */
public enum Rule {
    /** No token is needed. */
    ANYBODY("No token is needed.", Scope.ADMIN, Scope.READ, Scope.OWNER),
    /** Everybody with a token; owners are shown what concerns their servers. */
    LOOK("Owners are shown what concerns their servers.", Scope.ADMIN, Scope.READ, Scope.OWNER),
    /** {@code {name}} is a server; somebody else's is not there for an owner. */
    LOOK_AT_SERVER("Owners: their servers.", Scope.ADMIN, Scope.READ, Scope.OWNER),
    /** {@code {id}} is an operation, at a server. */
    LOOK_AT_OPERATION("Owners: those at their servers.", Scope.ADMIN, Scope.READ, Scope.OWNER),
    /** What concerns everybody. */
    LOOK_AT_ALL("Not for owners.", Scope.ADMIN, Scope.READ),
    /** {@code {name}} is a server. */
    ORDER_SERVER("Owners: their servers. Not for tokens that only read.", Scope.ADMIN, Scope.OWNER),
    /** {@code {id}} is an operation, at a server. */
    ORDER_OPERATION("Owners: those at their servers. Not for tokens that only read.", Scope.ADMIN, Scope.OWNER),
    /** {@code {name}} is a player, on a server. */
    ORDER_PLAYER("Owners: players on their servers. Not for tokens that only read.", Scope.ADMIN, Scope.OWNER),
    /** What admins do. */
    GOVERN("For admins.", Scope.ADMIN);

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final Set<Scope> scopes = EnumSet.noneOf(Scope.class);

    Rule(String words, Scope... scopes) {
        this.words = words;
        this.scopes.addAll(Set.of(scopes));
    }

    /** Whether there is anything here for tokens of this scope. */
    public boolean admits(Scope scope) {
        return scopes.contains(scope);
    }

    /** For the documentation. */
    String words() {
        return words;
    }
}
