package io.nightporter.proxy.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that client and server both name to the session server, so that it knows that they talk to each other. */
final class ServerHash {

    private ServerHash() {}

    /**
     * SHA-1 over the parts, as a signed number in base 16: with a minus sign where the highest bit is set and without
     * leading zeros.
     */
    static String of(String serverId, byte[] sharedSecret, byte[] publicKeyDer) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(serverId.getBytes(StandardCharsets.ISO_8859_1));
            sha1.update(sharedSecret);
            sha1.update(publicKeyDer);
            return new BigInteger(sha1.digest()).toString(16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-1", e);
        }
    }
}
