package io.nightporter.proxy.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.nightporter.protocol.packet.LoginStart.ProfileKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks the profile keys of 1.19 (protocol 759) and of 1.19.1 and 1.19.2 (760). Mojang signs with SHA1withRSA, in 1.19
 * over a text with the key in PEM, later over bytes that begin with the player's id.
 */
public final class ProfileKeys {

    /** 1.19: the key belongs to whoever has it. */
    private static final int UNLINKED = 759;

    /** 1.19.1 and 1.19.2: the key belongs to one player. */
    private static final int LINKED = 760;

    private static final Base64.Encoder PEM_LINES = Base64.getMimeEncoder(76, new byte[] { '\n' });

    private final PublicKey mojang;
    private final InstantSource clock;

    public ProfileKeys(PublicKey mojang, InstantSource clock) {
        this.mojang = mojang;
        this.clock = clock;
    }

    /** With the key that Mojang's session server signs with. */
    public static ProfileKeys ofMojang() {
        try (InputStream pem = ProfileKeys.class.getResourceAsStream("mojang-session-key.pem")) {
            if (pem == null) {
                throw new IllegalStateException("mojang-session-key.pem is missing in the program's jar");
            }
            return new ProfileKeys(fromPem(new String(pem.readAllBytes(), US_ASCII)), InstantSource.system());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("mojang-session-key.pem holds no RSA key", e);
        }
    }

    /** Whether clients of this protocol send a profile key when they log in. */
    public static boolean sentBy(int protocol) {
        return protocol == UNLINKED || protocol == LINKED;
    }

    /**
     * Checks a client's key.
     *
     * @param protocol 759 or 760
     * @param holder the player's id as the client gave it; without it no key of 760 is trusted
     */
    public ProfileKeyAnswer check(int protocol, ProfileKey key, @Nullable UUID holder) {
        if (key.expiry() <= clock.millis()) {
            return new ProfileKeyAnswer.Expired();
        }
        byte[] der = key.publicKey().toArray();
        byte[] signed;
        if (protocol == UNLINKED) {
            signed = signedText(key.expiry(), der);
        } else if (protocol == LINKED && holder != null) {
            signed = signedBytes(holder, key.expiry(), der);
        } else {
            return new ProfileKeyAnswer.Invalid();
        }
        try {
            Signature verifier = Signature.getInstance("SHA1withRSA");
            verifier.initVerify(mojang);
            verifier.update(signed);
            // Parsed only after the signature: what Mojang signed is a key of reasonable size.
            return verifier.verify(key.signature().toArray())
                ? new ProfileKeyAnswer.Trusted(publicKey(der))
                : new ProfileKeyAnswer.Invalid();
        } catch (GeneralSecurityException _) {
            return new ProfileKeyAnswer.Invalid();
        }
    }

    private static byte[] signedText(long expiryMillis, byte[] der) {
        String text =
            expiryMillis +
            "-----BEGIN RSA PUBLIC KEY-----\n" +
            PEM_LINES.encodeToString(der) +
            "\n-----END RSA PUBLIC KEY-----\n";
        return text.getBytes(US_ASCII);
    }

    private static byte[] signedBytes(UUID holder, long expiryMillis, byte[] der) {
        return ByteBuffer.allocate(24 + der.length)
            .putLong(holder.getMostSignificantBits())
            .putLong(holder.getLeastSignificantBits())
            .putLong(expiryMillis)
            .put(der)
            .array();
    }

    /** What stands before the first line of dashes is for people. */
    private static PublicKey fromPem(String text) throws GeneralSecurityException {
        String base64 = text.split("-----(BEGIN|END) PUBLIC KEY-----")[1];
        return publicKey(Base64.getMimeDecoder().decode(base64));
    }

    private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    }
}
