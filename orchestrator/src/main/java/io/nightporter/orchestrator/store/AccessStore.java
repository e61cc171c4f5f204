package io.nightporter.orchestrator.store;

import io.nightporter.orchestrator.model.AccessToken;
import io.nightporter.orchestrator.model.AuditEntry;
import java.time.Instant;
import java.util.List;

/**
 * Who may use the admin API, and what they did. All calls block; what was written is on the disk when the call returns. Safe
 * for all threads.
 *
 * <p>All calls throw {@link StoreException} when the database does not do what it should.
 */
public interface AccessStore {
    /** Oldest first, those that are over included. */
    List<AccessToken> tokens();

    /** Neither the id nor the hash may be there. */
    void addToken(AccessToken token);

    /** A token was used; does nothing if it is not there any more. */
    void tokenUsed(String id, Instant at);

    /** Does nothing if it is not there. */
    void removeToken(String id);

    void addAudit(AuditEntry entry);

    /** Newest first. */
    List<AuditEntry> audit(int limit);

    /** Forgets entries of the audit from before that, and tokens that were over before that. */
    void forgetAccessBefore(Instant when);
}
