package io.nightporter.proxy.fuzz;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.EncryptionResponse;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;

/** The steps by which a decent client gets into the game. */
final class Guest {

    static final int FIRST_WITH_CONFIGURATION = 764;

    private Guest() {}

    /** Handshake and name. */
    static void hello(Peer peer, int protocol, String host, String name) throws IOException {
        peer.send(State.HANDSHAKE, new Handshake(protocol, host, 25_565, Handshake.LOGIN));
        peer.send(State.LOGIN, new LoginStart(name, Optional.empty(), Optional.of(new UUID(1, 2))));
    }

    /** The right answer to the request for encryption; from the next byte on, the connection is encrypted. */
    static void authenticate(Peer peer) throws IOException {
        byte[] secret = new byte[16];
        EncryptionRequest request = peer.read(State.LOGIN, EncryptionRequest.TYPE);
        peer.send(State.LOGIN, answer(request, secret));
        peer.encrypt(secret);
    }

    static EncryptionResponse answer(EncryptionRequest request, byte[] secret) {
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(
                Cipher.ENCRYPT_MODE,
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(request.publicKey().toArray()))
            );
            Bytes token = Bytes.of(rsa.doFinal(request.verifyToken().toArray()));
            return new EncryptionResponse(Bytes.of(rsa.doFinal(secret)), new EncryptionResponse.Token(token));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads until the login has succeeded; then the connection is in configuration, or before 1.20.2 in the game. */
    static void awaitLogin(Peer peer) throws IOException {
        while (true) {
            ByteBuf payload = peer.read();
            int id = VarInts.read(payload);
            if (id == peer.version().id(State.LOGIN, Direction.CLIENTBOUND, "SetCompression")) {
                peer.threshold(PacketCodec.decode(peer.version(), SetCompression.TYPE, payload).threshold());
            } else if (id == peer.version().id(State.LOGIN, Direction.CLIENTBOUND, "LoginSuccess")) {
                return;
            } else {
                throw new IOException("instead of a login success: " + payload.toString(StandardCharsets.UTF_8));
            }
        }
    }

    static boolean hasConfiguration(Peer peer) {
        return peer.version().number() >= FIRST_WITH_CONFIGURATION;
    }

    /** From the end of the login into the game. */
    static void configure(Peer peer) throws IOException {
        if (hasConfiguration(peer)) {
            peer.send(State.LOGIN, new LoginAcknowledged());
            awaitId(peer, State.CONFIGURATION, "FinishConfiguration");
            peer.send(State.CONFIGURATION, new FinishConfigurationAck());
        }
    }

    /** Reads on until a packet of this name has come; its body. */
    static ByteBuf awaitId(Peer peer, State state, String name) throws IOException {
        int wanted = peer.version().id(state, Direction.CLIENTBOUND, name);
        int goodbye = peer.version().id(state, Direction.CLIENTBOUND, "Disconnect");
        while (true) {
            ByteBuf payload = peer.read();
            int id = VarInts.read(payload);
            if (id == wanted) {
                return payload;
            } else if (id == goodbye) {
                throw new IOException("told goodbye: " + payload.toString(StandardCharsets.UTF_8));
            }
        }
    }

    /** Says something to the server in the game and waits until it comes back. */
    static void echo(Peer peer, byte[] words) throws IOException {
        var message = new PluginMessage("fuzz:echo", Bytes.of(words));
        peer.send(State.PLAY, message);
        PluginMessage heard;
        do {
            ByteBuf body = awaitId(peer, State.PLAY, "PluginMessage");
            heard = PacketCodec.decode(peer.version(), PluginMessage.TYPE, body);
        } while (!heard.equals(message));
    }
}
