package io.nightporter.proxy.admin.access;

import io.nightporter.orchestrator.model.AuditEntry;
import io.nightporter.orchestrator.model.Ulid;
import io.nightporter.orchestrator.store.AccessStore;
import io.nightporter.orchestrator.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of what was changed, and of who was refused. Of refusals no more than a number a minute is kept: strangers can
 * cause as many as they like.
 */
public final class AuditLog {

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    private static final int REFUSALS_A_MINUTE = 60;
    private static final int MAX_PATH = 200;

    private final AccessStore store;
    private final InstantSource time;
    private long minute;
    private int refusals;

    public AuditLog(AccessStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /**
     * Blocks. A database that does not take it keeps nobody from their work.
     *
     * @param caller null: nobody who is known
     * @param path as it came, percent signs included
     */
    public void record(@Nullable Caller caller, String method, String path, int status, String address) {
        Instant now = time.instant();
        boolean refusal = status == 401 || status == 403;
        if (refusal && !mayRecord(now)) {
            return;
        }
        String name = caller == null ? null : caller.name();
        String cut = path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path;
        try {
            store.addAudit(new AuditEntry(Ulid.MAKER.next(now), now, name, method, cut, status, address));
        } catch (StoreException e) {
            log.warn(
                "audit not recorded token={} method={} path={} status={} reason=\"{}\"",
                name,
                method,
                cut,
                status,
                e.getMessage()
            );
        }
    }

    private synchronized boolean mayRecord(Instant now) {
        long current = now.getEpochSecond() / 60;
        if (current != minute) {
            if (refusals > REFUSALS_A_MINUTE) {
                log.warn("refusals not recorded count={}", refusals - REFUSALS_A_MINUTE);
            }
            minute = current;
            refusals = 0;
        }
        refusals++;
        return refusals <= REFUSALS_A_MINUTE;
    }

    /** Newest first. */
    public List<AuditEntry> latest(int limit) {
        return store.audit(limit);
    }
}
