package io.nightporter.orchestrator.store;

import io.nightporter.orchestrator.model.AccessToken;
import io.nightporter.orchestrator.model.AuditEntry;
import java.time.Instant;
import java.util.List;

/** Tokens and audit, in the database of the fleet's records. */
final class SqlAccessStore implements AccessStore {

    private final SqlStore store;

    SqlAccessStore(SqlStore store) {
        this.store = store;
    }

    @Override
    public List<AccessToken> tokens() {
        return store.query(
            row ->
                new AccessToken(
                    row.text("id"),
                    row.text("name"),
                    AccessToken.Scope.valueOf(row.text("scope")),
                    row.textOrNull("owner"),
                    row.text("hash"),
                    row.moment("created_at"),
                    row.momentOrNull("last_used_at"),
                    row.momentOrNull("expires_at")
                ),
            "SELECT * FROM token ORDER BY id"
        );
    }

    @Override
    public void addToken(AccessToken token) {
        store.update(
            "INSERT INTO token (id, name, scope, owner, hash, created_at, last_used_at, expires_at) " +
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            token.id(),
            token.name(),
            token.scope(),
            token.owner(),
            token.hash(),
            token.createdAt(),
            token.lastUsedAt(),
            token.expiresAt()
        );
    }

    @Override
    public void tokenUsed(String id, Instant at) {
        store.update("UPDATE token SET last_used_at = ? WHERE id = ?", at, id);
    }

    @Override
    public void removeToken(String id) {
        store.update("DELETE FROM token WHERE id = ?", id);
    }

    @Override
    public void addAudit(AuditEntry entry) {
        store.update(
            "INSERT INTO audit (id, at, token, method, path, status, address) VALUES (?, ?, ?, ?, ?, ?, ?)",
            entry.id(),
            entry.at(),
            entry.token(),
            entry.method(),
            entry.path(),
            entry.status(),
            entry.address()
        );
    }

    @Override
    public List<AuditEntry> audit(int limit) {
        return store.query(
            row ->
                new AuditEntry(
                    row.text("id"),
                    row.moment("at"),
                    row.textOrNull("token"),
                    row.text("method"),
                    row.text("path"),
                    row.number("status"),
                    row.text("address")
                ),
            "SELECT * FROM audit ORDER BY id DESC LIMIT ?",
            limit
        );
    }

    @Override
    public void forgetAccessBefore(Instant when) {
        store.update("DELETE FROM audit WHERE at < ?", when);
        store.update("DELETE FROM token WHERE expires_at < ?", when);
    }
}
