package io.nightporter.proxy.auth;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import javax.crypto.Cipher;

/**
 * The proxy's RSA key pair, made anew at every start as vanilla servers do: 1024 bits, since clients accept nothing
 * that vanilla would not send. One decryption takes a fraction of a millisecond of CPU.
 *
 * <p>Whatever is wrong with what a client encrypted is refused with one and the same sentence, so that nobody learns
 * from the answer how far the decryption came.
 */
public final class EncryptionKeys {

    /** Bytes of the secret that both sides use as AES key. */
    public static final int SECRET_LENGTH = 16;

    private static final int KEY_BITS = 1024;
    private static final int VERIFY_TOKEN_LENGTH = 4;
    private static final int MAX_ENCRYPTED_LENGTH = KEY_BITS / 8;

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey privateKey;
    private final Bytes publicKeyDer;

    private EncryptionKeys(KeyPair pair) {
        this.privateKey = pair.getPrivate();
        this.publicKeyDer = Bytes.of(pair.getPublic().getEncoded());
    }

    /** A new pair; takes some tens of milliseconds. */
    public static EncryptionKeys generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return new EncryptionKeys(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no RSA", e);
        }
    }

    /** The public key as X.509 SubjectPublicKeyInfo, 162 bytes, the form in which clients want it. */
    public Bytes publicKeyDer() {
        return publicKeyDer;
    }

    /** Four fresh random bytes that the client has to send back encrypted, or signed. */
    public Bytes newVerifyToken() {
        byte[] token = new byte[VERIFY_TOKEN_LENGTH];
        random.nextBytes(token);
        return Bytes.of(token);
    }

    /**
     * Undoes RSA/ECB/PKCS1Padding.
     *
     * @throws BadPacketException when it was not encrypted with our public key
     */
    public byte[] decrypt(Bytes encrypted) {
        if (encrypted.size() > MAX_ENCRYPTED_LENGTH) {
            throw refused();
        }
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, privateKey);
            return cipher.doFinal(encrypted.toArray());
        } catch (GeneralSecurityException _) {
            throw refused();
        }
    }

    /**
     * The shared secret of an encryption response.
     *
     * @throws BadPacketException when it was not encrypted with our public key or has not 16 bytes
     */
    public byte[] decryptSecret(Bytes encrypted) {
        byte[] secret = decrypt(encrypted);
        if (secret.length != SECRET_LENGTH) {
            throw refused();
        }
        return secret;
    }

    /**
     * Checks that the client encrypted the verify token that it was sent, in constant time.
     *
     * @throws BadPacketException when it did not
     */
    public void checkVerifyToken(Bytes sent, Bytes encrypted) {
        if (!MessageDigest.isEqual(sent.toArray(), decrypt(encrypted))) {
            throw refused();
        }
    }

    private static BadPacketException refused() {
        return new BadPacketException("encryption_invalid", "the encryption response does not fit the request");
    }
}
