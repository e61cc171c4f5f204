package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.array;
import static io.nightporter.protocol.packet.WireTypes.bytes;

/**
 * The client's answer to {@link EncryptionRequest}.
 *
 * @param sharedSecret the AES key, encrypted with the server's public key
 * @param proof that the client has seen this very request
 */
public record EncryptionResponse(Bytes sharedSecret, Proof proof) implements Packet {
    private static final int MAX_ENCRYPTED = 512;

    private static final WireType<Token> TOKEN = array(MAX_ENCRYPTED).as(Token::new, Token::encrypted);

    private static final WireType<Signed> SIGNED = WireTypes.struct(f ->
        new Signed(f.field(Signed::salt, LONG), f.field(Signed::signature, bytes(4_096)))
    );

    /** 1.19 to 1.19.2: a boolean says which of the two follows. */
    private static final WireType<Proof> EITHER = WireType.of(
        (in, protocol) -> BOOL.read(in, protocol) ? TOKEN.read(in, protocol) : SIGNED.read(in, protocol),
        (out, proof, protocol) -> {
            BOOL.write(out, proof instanceof Token, protocol);
            switch (proof) {
                case Token token -> TOKEN.write(out, token, protocol);
                case Signed signed -> SIGNED.write(out, signed, protocol);
            }
        }
    );

    private static final WireType<Proof> TOKEN_ONLY = TOKEN.as(
        token -> token,
        proof -> {
            if (proof instanceof Token token) {
                return token;
            }
            throw new IllegalArgumentException("only 1.19 to 1.19.2 can sign the token");
        }
    );

    public static final PacketType<EncryptionResponse> TYPE = PacketType.serverbound(
        "EncryptionResponse",
        EncryptionResponse.class,
        f ->
            new EncryptionResponse(
                f.field(EncryptionResponse::sharedSecret, array(MAX_ENCRYPTED)),
                f.field(EncryptionResponse::proof, TOKEN_ONLY.until(758, EITHER.until(760, TOKEN_ONLY)))
            )
    );

    @Override
    public PacketType<EncryptionResponse> type() {
        return TYPE;
    }

    public sealed interface Proof {}

    /** The request's token, encrypted with the server's public key. */
    public record Token(Bytes encrypted) implements Proof {}

    /**
     * In 1.19 to 1.19.2, by clients with a profile key.
     *
     * @param signature SHA256withRSA over the request's token and the salt
     */
    public record Signed(long salt, Bytes signature) implements Proof {}
}
