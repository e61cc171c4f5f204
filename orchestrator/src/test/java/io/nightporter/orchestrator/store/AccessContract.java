package io.nightporter.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.orchestrator.model.AccessToken;
import io.nightporter.orchestrator.model.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store keeps of tokens and audit, whatever database it is. */
abstract class AccessContract {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

    private SqlStore store;

    /** The same database each time, within one test. */
    abstract SqlStore open();

    @BeforeEach
    void openFirst() {
        store = open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private AccessStore reopened() {
        store.close();
        store = open();
        return store.access();
    }

    private static AccessToken token(String id, @Nullable Instant expiresAt) {
        return new AccessToken(id, "ci", AccessToken.Scope.OWNER, "Steve", "hash of " + id, NOW, null, expiresAt);
    }

    @Test
    void tokensAreKeptOldestFirst() {
        AccessToken lasting = token("1", null);
        AccessToken passing = token("2", NOW.plusSeconds(60));
        store.access().addToken(passing);
        store.access().addToken(lasting);

        assertThat(reopened().tokens()).containsExactly(lasting, passing);

        store.access().tokenUsed("1", NOW.plusSeconds(5));
        store.access().removeToken("2");
        assertThat(reopened().tokens()).containsExactly(lasting.used(NOW.plusSeconds(5)));
    }

    @Test
    void aTokenThatIsNotThereCanBeUsedAndRemovedWithoutHarm() {
        store.access().tokenUsed("nobody", NOW);
        store.access().removeToken("nobody");

        assertThat(store.access().tokens()).isEmpty();
    }

    @Test
    void thereAreNoTwoTokensOfOneHash() {
        store.access().addToken(token("1", null));
        AccessToken twin = new AccessToken("2", "x", AccessToken.Scope.ADMIN, null, "hash of 1", NOW, null, null);

        assertThatThrownBy(() -> store.access().addToken(twin)).isInstanceOf(StoreException.class);
        assertThat(store.access().tokens()).hasSize(1);
    }

    @Test
    void theAuditIsKeptNewestFirstAndForgottenInTime() {
        AuditEntry old = new AuditEntry("1", NOW, null, "GET", "/api/status", 401, "127.0.0.1");
        AuditEntry recent = new AuditEntry("2", NOW.plusSeconds(9), "ci", "PUT", "/api/nodes/n1", 201, "::1");
        store.access().addAudit(old);
        store.access().addAudit(recent);

        assertThat(reopened().audit(10)).containsExactly(recent, old);
        assertThat(store.access().audit(1)).containsExactly(recent);

        store.forgetBefore(NOW.plusSeconds(1));
        assertThat(store.access().audit(10)).containsExactly(recent);
    }

    @Test
    void tokensThatAreOverForLongAreForgottenWithTheHistory() {
        store.access().addToken(token("1", null));
        store.access().addToken(token("2", NOW));
        store.access().addToken(token("3", NOW.plus(Duration.ofDays(2))));

        store.forgetBefore(NOW.plus(Duration.ofDays(1)));

        assertThat(store.access().tokens()).extracting(AccessToken::id).containsExactly("1", "3");
    }
}
