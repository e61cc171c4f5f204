package io.nightporter.proxy.auth;

import io.nightporter.protocol.packet.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/** What {@link ProfileKeys} found out about a client's key. */
public sealed interface ProfileKeyAnswer {
    /** Mojang vouches for the key. */
    record Trusted(PublicKey key) implements ProfileKeyAnswer {
        /**
         * Whether the client signed the verify token that it was sent, which 1.19 … 1.19.2 do instead of encrypting it.
         *
         * @param salt as it came beside the signature
         */
        public boolean signed(Bytes verifyToken, long salt, Bytes signature) {
            try {
                Signature verifier = Signature.getInstance("SHA256withRSA");
                verifier.initVerify(key);
                verifier.update(verifyToken.toArray());
                verifier.update(ByteBuffer.allocate(Long.BYTES).putLong(salt).array());
                return verifier.verify(signature.toArray());
            } catch (GeneralSecurityException _) {
                return false;
            }
        }
    }

    /** The key was Mojang's once; the client has to fetch a new one, which it does when the game is started anew. */
    record Expired() implements ProfileKeyAnswer {}

    /** Mojang does not vouch for the key, or not for this player. */
    record Invalid() implements ProfileKeyAnswer {}
}
