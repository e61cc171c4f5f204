package io.nightporter.proxy.login;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.EncryptionResponse;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.auth.EncryptionKeys;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.auth.OfflineIds;
import io.nightporter.proxy.auth.PlayerNames;
import io.nightporter.proxy.auth.SessionAnswer;
import io.nightporter.proxy.config.ProxySettings;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.wire.PacketPhase;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles who a visitor is: by the session server in online mode, by the name alone in offline mode. */
public final class LoginPhase extends PacketPhase {

    private static final Logger log = LoggerFactory.getLogger(LoginPhase.class);
    /** Nobody has proved anything yet: the largest honest packet holds a key and a signature. */
    private static final int MAX_FRAME = 8 * 1024;
    /** The empty id that vanilla servers use. */
    private static final String SERVER_ID = "";

    private final Visitor visitor;
    private Step step = new AwaitingName();

    /** How far the login has come. */
    private sealed interface Step {}

    private record AwaitingName() implements Step {}

    private record AwaitingSecret(String name, Bytes token, @Nullable PresentedKey key) implements Step {}

    /** Whatever else the client sends is encrypted, and waits until the key is known. */
    private record Decrypting() implements Step {}

    private record AwaitingSessionServer() implements Step {}

    private record Over() implements Step {}

    public LoginPhase(Visitor visitor) {
        super(visitor.wire(), State.LOGIN, MAX_FRAME);
        this.visitor = visitor;
    }

    /** Starts the clock for the whole way into the game. */
    public void begin() {
        Duration limit = settings().timeouts().login();
        visitor
            .arrival()
            .deadline(wire.channel().eventLoop().schedule(this::deadline, limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void deadline() {
        if (wire.isIn(this)) {
            step = new Over();
            visitor.turnAway("login_timeout", Messages.loginTookTooLong());
        } else if (wire.phase() instanceof JoinPhase join) {
            join.deadline();
        }
    }

    @Override
    protected void packet(Packet packet) {
        switch (step) {
            case AwaitingName _ when packet instanceof LoginStart start -> named(start);
            case AwaitingSecret waiting when packet instanceof EncryptionResponse answer -> secret(waiting, answer);
            case AwaitingName _, AwaitingSecret _, Decrypting _, AwaitingSessionServer _, Over _ -> throw unexpected(
                packet
            );
        }
    }

    private void named(LoginStart start) {
        boolean online = settings().onlineMode();
        String name = start.name();
        if (!(online ? PlayerNames.validOnline(name) : PlayerNames.validOffline(name))) {
            step = new Over();
            visitor.turnAway("bad_name", Messages.badName());
            return;
        }
        if (!online) {
            settled(new GameProfile(OfflineIds.of(name), name, List.of()), null);
            return;
        }
        PresentedKey key = null;
        if (start.key().isPresent()) {
            key = PresentedKey.check(visitor.context().profileKeys(), wire.version(), start);
            if (key == null) {
                step = new Over();
                visitor.turnAway("bad_profile_key", Messages.badProfileKey());
                return;
            }
        }
        EncryptionKeys keys = visitor.context().keys();
        Bytes token = keys.newVerifyToken();
        step = new AwaitingSecret(name, token, key);
        wire.send(new EncryptionRequest(SERVER_ID, keys.publicKeyDer(), token, true));
        wire.flush();
    }

    @Override
    protected boolean ready() {
        return !(step instanceof Decrypting);
    }

    private void secret(AwaitingSecret waiting, EncryptionResponse answer) {
        EncryptionKeys keys = visitor.context().keys();
        CompletionStage<byte[]> work = visitor
            .context()
            .decryptions()
            .begin(() -> {
                byte[] secret = keys.decryptSecret(answer.sharedSecret());
                proveToken(keys, waiting, answer);
                return secret;
            });
        if (work == null) {
            step = new Over();
            visitor.turnAway("login_busy", Messages.loginsBusy());
            return;
        }
        step = new Decrypting();
        wire.pause(Wire.Pause.WORK);
        work.whenCompleteAsync((secret, failure) -> decrypted(waiting, secret, failure), wire.channel().eventLoop());
    }

    private void decrypted(AwaitingSecret waiting, byte @Nullable [] secret, @Nullable Throwable failure) {
        if (!(step instanceof Decrypting) || !wire.isIn(this) || !wire.channel().isActive()) {
            // The login ended in another way meanwhile.
            return;
        }
        if (failure instanceof BadPacketException bad) {
            refused(wire, bad);
        } else if (secret == null) {
            step = new Over();
            log.error("decryption failed address={}", wire.peerText(), failure);
            visitor.turnAway("fault", Messages.proxyFault());
        } else {
            wire.encrypt(secret);
            askSessionServer(waiting, secret);
            wire.resume(Wire.Pause.WORK);
            wire.offerPending();
        }
    }

    private void askSessionServer(AwaitingSecret waiting, byte[] secret) {
        step = new AwaitingSessionServer();
        long asked = System.nanoTime();
        CompletionStage<SessionAnswer> question = visitor
            .generation()
            .sessionServer()
            .hasJoined(waiting.name(), secret, SERVER_ID, visitor.from().getAddress());
        question.thenAcceptAsync(
            said -> sessionServerSaid(said, waiting.key(), Duration.ofNanos(System.nanoTime() - asked)),
            wire.channel().eventLoop()
        );
    }

    /** The token comes back encrypted; clients of 1.19 … 1.19.2 with a profile key sign it instead. */
    private static void proveToken(EncryptionKeys keys, AwaitingSecret waiting, EncryptionResponse answer) {
        switch (answer.proof()) {
            case EncryptionResponse.Token(Bytes encrypted) -> keys.checkVerifyToken(waiting.token(), encrypted);
            case EncryptionResponse.Signed signed -> {
                PresentedKey key = waiting.key();
                if (key == null || !key.signed(waiting.token(), signed)) {
                    throw new BadPacketException("encryption_refused", "the token was not signed with the profile key");
                }
            }
        }
    }

    private void sessionServerSaid(SessionAnswer said, @Nullable PresentedKey key, Duration took) {
        if (!(step instanceof AwaitingSessionServer) || !wire.isIn(this) || !wire.channel().isActive()) {
            // The login ended in another way while the session server was thinking.
            return;
        }
        switch (said) {
            case SessionAnswer.Authenticated(GameProfile profile) -> {
                visitor.context().metrics().sessionServer("authenticated", took);
                UUID holder = key == null ? null : key.holder();
                if (holder != null && !holder.equals(profile.id())) {
                    step = new Over();
                    visitor.turnAway("bad_profile_key", Messages.badProfileKey());
                } else {
                    settled(profile, key);
                }
            }
            case SessionAnswer.NotJoined() -> {
                visitor.context().metrics().sessionServer("not_joined", took);
                step = new Over();
                visitor.turnAway("not_authenticated", Messages.notAuthenticated());
            }
            case SessionAnswer.Unavailable(String reason) -> {
                visitor.context().metrics().sessionServer(reason, took);
                step = new Over();
                visitor.turnAway("session_server_" + reason, Messages.sessionServerUnavailable());
            }
        }
    }

    private void settled(GameProfile profile, @Nullable PresentedKey key) {
        step = new Over();
        var join = new JoinPhase(visitor, profile, key == null ? null : key.key());
        wire.phase(join);
        join.begin();
    }

    private ProxySettings settings() {
        return visitor.generation().configuration().proxy();
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        step = new Over();
        visitor.refused(reason);
    }

    @Override
    public void closed() {
        if (!(step instanceof Over)) {
            step = new Over();
            visitor.left();
        }
    }
}
