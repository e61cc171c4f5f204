package io.nightporter.proxy.admin.access;

import io.nightporter.orchestrator.model.AccessToken;
import io.nightporter.orchestrator.model.AccessToken.Scope;
import io.nightporter.orchestrator.model.Ulid;
import io.nightporter.orchestrator.store.AccessStore;
import io.nightporter.orchestrator.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that open the admin API. What the store says of them is asked every few seconds, not at every request. All
 * methods may block, and throw what the store throws.
 */
public final class AccessTokens {

    /** The token of the file {@code admin.token}. */
    public static final String LOCAL = "local";

    /** More are a mistake of some script. */
    public static final int MAX_TOKENS = 1000;

    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);

    private static final String PREFIX = "np_";
    private static final int SECRET_BYTES = 32;
    private static final int LENGTH = PREFIX.length() + 43;
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

    /**
     * A token that was just made.
     *
     * @param secret what its holder shows; this is the only time that anybody sees it
     */
    public record Created(AccessToken token, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Created[token=" + token + "]";
        }
    }

    private record Known(List<AccessToken> tokens, long readAt) {}

    private final AccessStore store;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private volatile @Nullable Known known;

    public AccessTokens(AccessStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /** Who shows this; nobody if it is no token, or one that is over or revoked. */
    public Optional<Caller> caller(String secret) {
        return find(secret).map(Caller::of);
    }

    private Optional<AccessToken> find(String secret) {
        if (secret.length() != LENGTH || !secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] hash = hash(secret).getBytes(StandardCharsets.US_ASCII);
        Instant now = time.instant();
        AccessToken found = null;
        for (AccessToken token : remembered()) {
            if (MessageDigest.isEqual(hash, token.hash().getBytes(StandardCharsets.US_ASCII)) && token.valid(now)) {
                found = token;
            }
        }
        if (found != null) {
            noteUse(found, now);
        }
        return Optional.ofNullable(found);
    }

    /** Whether a token is still good that was some time ago; for those who stay connected. */
    public boolean stillGood(Caller caller) {
        Instant now = time.instant();
        return remembered()
            .stream()
            .anyMatch(token -> token.id().equals(caller.token()) && token.valid(now));
    }

    private List<AccessToken> remembered() {
        Known before = known;
        if (before != null && System.nanoTime() - before.readAt < REMEMBERED.toNanos()) {
            return before.tokens;
        }
        return read();
    }

    private synchronized List<AccessToken> read() {
        List<AccessToken> tokens = store.tokens();
        known = new Known(tokens, System.nanoTime());
        return tokens;
    }

    private void noteUse(AccessToken token, Instant now) {
        Instant before = used.getOrDefault(token.id(), token.lastUsedAt() == null ? Instant.EPOCH : token.lastUsedAt());
        if (Duration.between(before, now).abs().compareTo(USE_WRITTEN_EVERY) < 0) {
            return;
        }
        used.put(token.id(), now);
        try {
            store.tokenUsed(token.id(), now);
        } catch (StoreException e) {
            log.warn("use of a token not recorded token={} reason=\"{}\"", token.name(), e.getMessage());
        }
    }

    /** All, oldest first, those that are over included. */
    public List<AccessToken> all() {
        return read();
    }

    /** Whether anybody has a token but those who can read the file on this machine. */
    public boolean anyBesidesLocal() {
        Instant now = time.instant();
        return read()
            .stream()
            .anyMatch(token -> !token.name().equals(LOCAL) && token.valid(now));
    }

    /**
     * Makes a token.
     *
     * @param owner for the scope {@link Scope#OWNER}, otherwise null
     * @param expiresAt null: never
     * @return nothing if there is one of that name, or there are {@link #MAX_TOKENS}
     */
    public synchronized Optional<Created> create(
        String name,
        Scope scope,
        @Nullable String owner,
        @Nullable Instant expiresAt
    ) {
        List<AccessToken> tokens = read();
        boolean taken = tokens.stream().anyMatch(token -> token.name().equals(name));
        return taken || tokens.size() >= MAX_TOKENS
            ? Optional.empty()
            : Optional.of(add(name, scope, owner, expiresAt));
    }

    private synchronized Created add(String name, Scope scope, @Nullable String owner, @Nullable Instant expiresAt) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = time.instant();
        var token = new AccessToken(Ulid.MAKER.next(now), name, scope, owner, hash(secret), now, null, expiresAt);
        store.addToken(token);
        read();
        return new Created(token, secret);
    }

    /** Makes the token of the file anew; what was in the file before opens nothing any more. */
    synchronized String renewLocal() {
        Created created = add(LOCAL, Scope.ADMIN, null, null);
        for (AccessToken token : read()) {
            if (token.name().equals(LOCAL) && !token.id().equals(created.token.id())) {
                store.removeToken(token.id());
            }
        }
        read();
        return created.secret;
    }

    /** From this moment on it opens nothing. Returns what was known of it. */
    public synchronized Optional<AccessToken> revoke(String id) {
        Optional<AccessToken> token = read()
            .stream()
            .filter(one -> one.id().equals(id))
            .findFirst();
        if (token.isPresent()) {
            store.removeToken(id);
            used.remove(id);
            read();
        }
        return token;
    }

    private static String hash(String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
