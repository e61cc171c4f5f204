package io.nightporter.proxy.admin.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nightporter.orchestrator.model.AccessToken;
import io.nightporter.orchestrator.model.AccessToken.Scope;
import io.nightporter.orchestrator.model.AuditEntry;
import io.nightporter.proxy.admin.access.AccessTokens;
import io.nightporter.proxy.admin.access.AuditLog;
import io.nightporter.proxy.admin.api.Answers.MessageBody;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Call;
import io.nightporter.proxy.admin.route.Doc;
import io.nightporter.proxy.admin.route.Names;
import io.nightporter.proxy.admin.route.Parameter;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tokens, and what was done with them. */
final class AccessResource {

    private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();
    private static final int MOST_ENTRIES = 1000;
    private static final int USUAL_ENTRIES = 100;

    record TokenBody(
        String id,
        String name,
        @Doc(words = { "admin", "owner", "read" }) String scope,
        @Doc("For the scope owner: the player whose servers it is for.") @Nullable String owner,
        Instant createdAt,
        @Doc("Within a minute or two; null: never.") @Nullable Instant lastUsedAt,
        @Doc("null: never.") @Nullable Instant expiresAt
    ) {
        static TokenBody of(AccessToken token) {
            return new TokenBody(
                token.id(),
                token.name(),
                token.scope().name().toLowerCase(Locale.ROOT),
                token.owner(),
                token.createdAt(),
                token.lastUsedAt(),
                token.expiresAt()
            );
        }
    }

    record TokensBody(@Doc("Oldest first.") List<TokenBody> tokens) {}

    record NewTokenBody(
        @JsonUnwrapped TokenBody about,
        @Doc("What its holder shows. It is not shown again.") String token
    ) {
        /** Without the token. */
        @Override
        public String toString() {
            return "NewTokenBody[about=" + about + "]";
        }
    }

    record TokenRequest(
        @Doc("For the audit, and for causes.") String name,
        @Doc(words = { "admin", "owner", "read" }) String scope,
        @Doc("For the scope owner: a player's name or UUID.") @Nullable String owner,
        @Doc("null: it does not expire.") @Nullable Long expiresInSeconds
    ) {}

    record AuditEntryBody(
        String id,
        Instant at,
        @Doc("The token's name; null: none that is known.") @Nullable String token,
        String method,
        String path,
        @Doc("Of HTTP.") int status,
        @Doc("Where the request came from.") String address
    ) {
        static AuditEntryBody of(AuditEntry entry) {
            return new AuditEntryBody(
                entry.id(),
                entry.at(),
                entry.token(),
                entry.method(),
                entry.path(),
                entry.status(),
                entry.address()
            );
        }
    }

    record AuditBody(@Doc("Newest first.") List<AuditEntryBody> entries) {}

    private final AccessTokens tokens;
    private final AuditLog audit;
    private final InstantSource time;

    AccessResource(AccessTokens tokens, AuditLog audit, InstantSource time) {
        this.tokens = tokens;
        this.audit = audit;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
            Route.get("/api/tokens", Rule.LOOK_AT_ALL, "All tokens.", TokensBody.class, this::list),
            Route.of("POST", "/api/tokens", Rule.GOVERN, "Makes a token, and shows it this once.", this::create)
                .takes(Route.Body.of(TokenRequest.class))
                .answers(201, NewTokenBody.class),
            Route.of("DELETE", "/api/tokens/{id}", Rule.GOVERN, "Revokes a token at once.", this::revoke).answers(
                200,
                MessageBody.class
            ),
            Route.get(
                "/api/audit",
                Rule.LOOK_AT_ALL,
                "What was changed, and who was refused.",
                AuditBody.class,
                this::audit
            ).asks(Parameter.number("limit", MOST_ENTRIES, "How many; 100 if left out."))
        );
    }

    private Reply list(Call call) {
        return Reply.ok(new TokensBody(tokens.all().stream().map(TokenBody::of).toList()));
    }

    private Reply create(Call call) throws ApiException {
        TokenRequest wanted = call.body(TokenRequest.class);
        if (!wanted.name().matches("[A-Za-z0-9][A-Za-z0-9 ._@-]{0,63}")) {
            throw ApiException.badRequest(
                "A token's name has 1 to 64 letters, digits, spaces or ._@-, and begins with a letter or digit."
            );
        }
        Scope scope = Scope.valueOf(wanted.scope().toUpperCase(Locale.ROOT));
        String owner = wanted.owner();
        if ((scope == Scope.OWNER) == (owner == null || owner.isBlank())) {
            throw ApiException.badRequest(
                scope == Scope.OWNER
                    ? "A token of the scope owner needs owner: the player whose servers it is for."
                    : "Only tokens of the scope owner have an owner; leave it out."
            );
        }
        if (owner != null && !owner.matches("[A-Za-z0-9_-]{1,64}")) {
            throw ApiException.badRequest("The owner is a player's name or UUID.");
        }
        Long seconds = wanted.expiresInSeconds();
        if (seconds != null && (seconds < 1 || seconds > LONGEST_SECONDS)) {
            throw ApiException.badRequest("expiresInSeconds is a number from 1 to " + LONGEST_SECONDS + ".");
        }
        Instant expires = seconds == null ? null : time.instant().plusSeconds(seconds);
        if (wanted.name().equals(AccessTokens.LOCAL)) {
            throw ApiException.refused(
                "The name local is that of the token in the file admin.token. Choose another one."
            );
        }
        AccessTokens.Created created = tokens
            .create(wanted.name(), scope, owner, expires)
            .orElseThrow(() ->
                ApiException.refused(
                    "There is a token " +
                        Names.quoted(wanted.name()) +
                        " already, or there are " +
                        AccessTokens.MAX_TOKENS +
                        ". Choose another name, or revoke what is not needed."
                )
            );
        return new Reply.Json(201, new NewTokenBody(TokenBody.of(created.token()), created.secret()));
    }

    private Reply revoke(Call call) throws ApiException {
        String id = call.at("id");
        AccessToken gone = tokens
            .revoke(id)
            .orElseThrow(() -> ApiException.notFound("There is no token of the id " + Names.quoted(id) + "."));
        return Reply.ok(new MessageBody("The token " + gone.name() + " opens nothing any more."));
    }

    private Reply audit(Call call) {
        return Reply.ok(
            new AuditBody(audit.latest(call.number("limit", USUAL_ENTRIES)).stream().map(AuditEntryBody::of).toList())
        );
    }
}
