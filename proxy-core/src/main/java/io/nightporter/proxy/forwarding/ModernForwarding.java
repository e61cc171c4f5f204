package io.nightporter.proxy.forwarding;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.LoginStart.ProfileKey;
import io.nightporter.protocol.packet.ProfileProperty;
import io.nightporter.proxy.auth.ClientIp;
import io.nightporter.proxy.auth.GameProfile;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Velocity's way to tell a server who the player is: the server asks with a login plugin message, the proxy answers
 * with the player's data and an HMAC-SHA256 over it that only knows who knows the secret.
 */
public final class ModernForwarding {

    /** The channel of the server's question. */
    public static final String CHANNEL = "velocity:player_info";

    private static final String HMAC = "HmacSHA256";
    private static final int HMAC_LENGTH = 32;

    /** 1.13, the first version with login plugin messages. */
    private static final int FIRST_PROTOCOL = 393;

    /** The versions of the data; a later one adds to the one before, except the last, which only promises. */
    private static final int PLAIN = 1;
    private static final int WITH_KEY = 2;
    private static final int WITH_LINKED_KEY = 3;
    private static final int WITH_LATER_CHAT_SESSION = 4;

    private final SecretKeySpec secret;

    /**
     * @param secret as it stands in the secret file of proxy and server, not empty
     */
    public ModernForwarding(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("modern forwarding needs a secret, and the secret file is empty");
        }
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /** Whether a client of this protocol can join a server with modern forwarding: from 1.13 on. */
    public static boolean supported(int protocol) {
        return protocol >= FIRST_PROTOCOL;
    }

    /**
     * The content of the answer to the server's question.
     *
     * @param question the content of the question: nothing, or one byte with the latest version that the server
     *     understands
     * @param protocol the client's
     * @param key the client's key if it sent one, it was checked and {@code profile} is its holder
     */
    public Bytes answer(
        Bytes question,
        int protocol,
        GameProfile profile,
        InetAddress clientIp,
        @Nullable ProfileKey key
    ) {
        int version = version(question, protocol, key != null);
        ByteBuf data = Unpooled.buffer(512);
        VarInts.write(data, version);
        writeString(data, ClientIp.text(clientIp));
        writeId(data, profile.id());
        writeString(data, profile.name());
        VarInts.write(data, profile.properties().size());
        for (ProfileProperty property : profile.properties()) {
            writeString(data, property.name());
            writeString(data, property.value());
            data.writeBoolean(property.signature().isPresent());
            property.signature().ifPresent(signature -> writeString(data, signature));
        }
        if (key != null && (version == WITH_KEY || version == WITH_LINKED_KEY)) {
            data.writeLong(key.expiry());
            writeBytes(data, key.publicKey().toArray());
            writeBytes(data, key.signature().toArray());
            if (version == WITH_LINKED_KEY) {
                data.writeBoolean(true);
                writeId(data, profile.id());
            }
        }
        return withSignature(ByteBufUtil.getBytes(data));
    }

    private static int version(Bytes question, int protocol, boolean hasKey) {
        int latest = question.size() == 1 ? question.toBuffer().readByte() : PLAIN;
        if (protocol >= 761) {
            return latest >= WITH_LATER_CHAT_SESSION ? WITH_LATER_CHAT_SESSION : PLAIN;
        }
        if (hasKey && protocol == 760) {
            return latest >= WITH_LINKED_KEY ? WITH_LINKED_KEY : PLAIN;
        }
        if (hasKey && protocol == 759) {
            return latest >= WITH_KEY ? WITH_KEY : PLAIN;
        }
        return PLAIN;
    }

    private Bytes withSignature(byte[] data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            byte[] answer = new byte[HMAC_LENGTH + data.length];
            System.arraycopy(mac.doFinal(data), 0, answer, 0, HMAC_LENGTH);
            System.arraycopy(data, 0, answer, HMAC_LENGTH, data.length);
            return Bytes.of(answer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + HMAC, e);
        }
    }

    private static void writeString(ByteBuf out, String text) {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(ByteBuf out, byte[] bytes) {
        VarInts.write(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void writeId(ByteBuf out, UUID id) {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }
}
