package io.nightporter.bench.load;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.EncryptionResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** Answers encryption requests; keeps the key of the last one, since a proxy has but one. */
final class Identity {

    private static final int SECRET_BYTES = 16;

    private @Nullable Cipher cipher;
    private Bytes cipherKey = Bytes.EMPTY;

    /** A shared secret; nothing is secret here, so any randomness will do. */
    byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        ThreadLocalRandom.current().nextBytes(secret);
        return secret;
    }

    EncryptionResponse answer(EncryptionRequest request, byte[] secret) {
        try {
            Cipher rsa = cipher(request.publicKey());
            return new EncryptionResponse(
                Bytes.of(rsa.doFinal(secret)),
                new EncryptionResponse.Token(Bytes.of(rsa.doFinal(request.verifyToken().toArray())))
            );
        } catch (GeneralSecurityException e) {
            throw new BadPacketException("bad_key", "an encryption request with a bad key: " + e.getMessage());
        }
    }

    private Cipher cipher(Bytes key) throws GeneralSecurityException {
        if (cipher == null || !key.equals(cipherKey)) {
            cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(
                Cipher.ENCRYPT_MODE,
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.toArray()))
            );
            cipherKey = key;
        }
        return cipher;
    }
}
