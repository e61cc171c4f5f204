package io.nightporter.e2e;

import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.EncryptionResponse;
import io.nightporter.protocol.packet.Packet;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.UUID;
import javax.crypto.Cipher;

/** A player with an account at our session server; see session-server.mjs and ids.mjs. */
public record SessionIdentity(URI sessionServer, String name) implements WirePlayer.Identity {
    /** The account's UUID: version 4, made of the name. */
    public static UUID idOf(String name) {
        byte[] hash = digest("MD5", ("OnlinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
        hash[6] = (byte) ((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte) ((hash[8] & 0x3F) | 0x80);
        BigInteger bits = new BigInteger(1, hash);
        return new UUID(bits.shiftRight(64).longValue(), bits.longValue());
    }

    @Override
    public byte[] join(EncryptionRequest request) throws IOException {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        byte[] serverId = request.serverId().getBytes(StandardCharsets.ISO_8859_1);
        String hash = new BigInteger(digest("SHA-1", serverId, secret, request.publicKey().toArray())).toString(16);
        String body = "{\"accessToken\":\"token-%s\",\"selectedProfile\":\"%s\",\"serverId\":\"%s\"}".formatted(
            name,
            idOf(name).toString().replace("-", ""),
            hash
        );
        HttpRequest post = HttpRequest.newBuilder(sessionServer.resolve("/session/minecraft/join"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 204) {
                throw new IOException("the session server refused the join: " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return secret;
    }

    @Override
    public Packet answer(EncryptionRequest request, byte[] secret) {
        return new EncryptionResponse(
            encrypted(request, secret),
            new EncryptionResponse.Token(encrypted(request, request.verifyToken().toArray()))
        );
    }

    private static Bytes encrypted(EncryptionRequest request, byte[] plain) {
        try {
            var key = KeyFactory.getInstance("RSA").generatePublic(
                new X509EncodedKeySpec(request.publicKey().toArray())
            );
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, key);
            return Bytes.of(rsa.doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
