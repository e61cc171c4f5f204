package io.nightporter.proxy.auth;

import java.time.Instant;

/**
 * The key with which clients of 1.19 … 1.19.2 sign, and Mojang's word that it is theirs, as they came in the packet
 * and not yet checked; see {@link ProfileKeys}.
 */
public final class ProfileKey {

    private final Instant expiresAt;
    private final byte[] publicKeyDer;
    private final byte[] signature;

    /**
     * @param expiresAt on the wire in milliseconds since 1970
     * @param publicKeyDer RSA public key as X.509 SubjectPublicKeyInfo
     * @param signature Mojang's, over the key and the time and since 1.19.1 the player's id
     */
    public ProfileKey(Instant expiresAt, byte[] publicKeyDer, byte[] signature) {
        this.expiresAt = expiresAt;
        this.publicKeyDer = publicKeyDer.clone();
        this.signature = signature.clone();
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    public byte[] publicKeyDer() {
        return publicKeyDer.clone();
    }

    public byte[] signature() {
        return signature.clone();
    }
}
