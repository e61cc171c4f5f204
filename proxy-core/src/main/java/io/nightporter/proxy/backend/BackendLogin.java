package io.nightporter.proxy.backend;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.CookieRequest;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.LoginDisconnect;
import io.nightporter.protocol.packet.LoginPluginRequest;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.config.ForwardingSettings.Mode;
import io.nightporter.proxy.forwarding.ModernForwarding;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Quote;
import io.nightporter.proxy.text.Words;
import io.nightporter.proxy.wire.PacketPhase;
import io.nightporter.proxy.wire.Wire;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The login on a server, on behalf of a player, until the server lets the player in or not.
 *
 * <p>What a server asks of the client itself (plugin messages of mods, cookies) goes to the client and its answers come
 * back, since the client is in the same state.
 */
public final class BackendLogin extends PacketPhase {

    private static final Logger log = LoggerFactory.getLogger(BackendLogin.class);
    /** A login plugin message may have a mebibyte. */
    private static final int MAX_FRAME = (1 << 20) + 1024;

    private final Errand errand;
    private final Listener listener;
    private boolean forwarded;
    private boolean over;

    /** Who waits for this login. Exactly one of the first two is called, and once. */
    public interface Listener {
        /** The server let the player in; its connection waits in the state that follows login. */
        void letIn();

        /**
         * There will be no game on this server.
         *
         * @param label for logs and metrics
         * @param goodbye for the player: what the server said itself is a {@link Quote}
         */
        void turnedAway(String label, Words goodbye);

        /** The server asks something that only the client can answer. */
        void forClient(Packet packet);
    }

    public BackendLogin(Wire wire, Errand errand, Listener listener) {
        super(wire, State.LOGIN, MAX_FRAME);
        this.errand = errand;
        this.listener = listener;
    }

    /** Says hello; to be called when the connection stands. */
    public void begin() {
        wire.version(errand.version());
        wire.sendState(State.HANDSHAKE);
        if (errand.server().sendProxyProtocol()) {
            wire.forward(errand.proxyHeader());
        }
        wire.send(errand.handshake());
        wire.sendState(State.LOGIN);
        wire.send(errand.loginStart());
        wire.flush();
    }

    /** The client's answer to what was asked by {@link Listener#forClient}. */
    public void answerOfClient(Packet packet) {
        if (!over) {
            wire.send(packet);
            wire.flush();
        }
    }

    @Override
    protected void packet(Packet packet) {
        switch (packet) {
            case SetCompression compression -> wire.threshold(compression.threshold());
            case LoginPluginRequest request -> pluginRequest(request);
            case CookieRequest request -> listener.forClient(request);
            case LoginSuccess _ -> success();
            case LoginDisconnect goodbye -> end("kicked", new Quote(goodbye.reason()));
            case EncryptionRequest _ -> end("online_mode", Messages.backendInOnlineMode(name()));
            default -> throw unexpected(packet);
        }
    }

    private void pluginRequest(LoginPluginRequest request) {
        if (!request.channel().equals(ModernForwarding.CHANNEL)) {
            listener.forClient(request);
            return;
        }
        if (errand.server().forwarding().mode() == Mode.MODERN) {
            forwarded = true;
            wire.send(new LoginPluginResponse(request.messageId(), Optional.of(errand.modernAnswer(request.data()))));
        } else {
            wire.send(new LoginPluginResponse(request.messageId(), Optional.empty()));
        }
        wire.flush();
    }

    private void success() {
        if (errand.server().forwarding().mode() == Mode.MODERN && !forwarded) {
            // It would take the player for whoever the name says: an open door for impostors.
            end("no_forwarding", Messages.backendNeverAskedForForwarding(name()));
            return;
        }
        over = true;
        listener.letIn();
    }

    private String name() {
        return errand.server().name();
    }

    private void end(String label, Words goodbye) {
        if (!over) {
            over = true;
            listener.turnedAway(label, goodbye);
            wire.close();
        }
    }

    @Override
    public void silent(Wire silent) {
        end("timed_out", Messages.timedOut(name()));
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        log.warn(
            "server sent nonsense server={} reason={} detail=\"{}\"",
            name(),
            reason.reason(),
            reason.getMessage()
        );
        end("nonsense", Messages.nonsense(name()));
    }

    @Override
    public void closed() {
        // Half a frame that is never completed is what other protocols look like: a web server, say.
        if (wire.keptBytes() > 0) {
            end("nonsense", Messages.nonsense(name()));
        } else {
            end("closed", Messages.hungUp(name()));
        }
    }
}
