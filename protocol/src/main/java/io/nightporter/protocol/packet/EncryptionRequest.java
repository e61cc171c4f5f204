package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.array;
import static io.nightporter.protocol.packet.WireTypes.string;

/**
 * The server wants encryption.
 *
 * @param publicKey an RSA key as X.509 SubjectPublicKeyInfo in DER
 * @param shouldAuthenticate since 1.20.5: whether the client is to announce itself to the session server first;
 * before,
 *     it always is
 */
public record EncryptionRequest(
    String serverId,
    Bytes publicKey,
    Bytes verifyToken,
    boolean shouldAuthenticate
) implements Packet {
    public static final PacketType<EncryptionRequest> TYPE = PacketType.clientbound(
        "EncryptionRequest",
        EncryptionRequest.class,
        f ->
            new EncryptionRequest(
                f.field(EncryptionRequest::serverId, string(20)),
                f.field(EncryptionRequest::publicKey, array(1024)),
                f.field(EncryptionRequest::verifyToken, array(512)),
                f.field(EncryptionRequest::shouldAuthenticate, BOOL.since(766, true))
            )
    );

    @Override
    public PacketType<EncryptionRequest> type() {
        return TYPE;
    }
}
