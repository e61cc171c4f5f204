package io.nightporter.proxy.login;

import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.EncryptionResponse;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.proxy.auth.ProfileKeyAnswer;
import io.nightporter.proxy.auth.ProfileKeys;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The profile key of a client of 1.19 … 1.19.2, vouched for by Mojang.
 *
 * @param holder the player to whom it belongs, which the session server has to confirm; null in 1.19
 */
record PresentedKey(LoginStart.ProfileKey key, ProfileKeyAnswer.Trusted trusted, @Nullable UUID holder) {
    /** Null when the key has expired or nobody vouches for it. */
    static @Nullable PresentedKey check(ProfileKeys keys, ProtocolVersion version, LoginStart start) {
        LoginStart.ProfileKey key = start.key().orElseThrow();
        @Nullable
        UUID holder = start.id().orElse(null);
        return keys.check(version.number(), key, holder) instanceof ProfileKeyAnswer.Trusted trusted
            ? new PresentedKey(key, trusted, holder)
            : null;
    }

    boolean signed(Bytes token, EncryptionResponse.Signed signature) {
        return trusted.signed(token, signature.salt(), signature.signature());
    }
}
