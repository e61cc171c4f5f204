package io.nightporter.proxy.login;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.CookieResponse;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.backend.BackendLogin;
import io.nightporter.proxy.backend.DialFailure;
import io.nightporter.proxy.backend.Dialer;
import io.nightporter.proxy.backend.Errand;
import io.nightporter.proxy.config.ForwardingSettings.Mode;
import io.nightporter.proxy.config.ProxySettings.DuplicateLogin;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.forwarding.ModernForwarding;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.player.Players;
import io.nightporter.proxy.relay.Relay;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Words;
import io.nightporter.proxy.wire.PacketPhase;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a player whose identity is settled to a server. The client stays in login until the server has let the player
 * in: so the proxy can adopt the server's compression threshold, and mods can talk to their clients.
 */
final class JoinPhase extends PacketPhase implements Dialer.Outcome, BackendLogin.Listener {

    private static final Logger log = LoggerFactory.getLogger(JoinPhase.class);
    /** Answers of mods to login plugin messages may have a mebibyte. */
    private static final int MAX_FRAME = (1 << 20) + 1024;
    /** Nothing else that a client may say here is longer. */
    private static final int MAX_UNASKED_FRAME = 1024;
    private static final int MOST_QUESTIONS = 64;
    /** Clients before 1.8 know no compression. */
    private static final int FIRST_WITH_COMPRESSION = 47;
    /** Since 1.20.2 the client acknowledges and configuration follows. */
    private static final int FIRST_WITH_CONFIGURATION = 764;

    private final Visitor visitor;
    private final GameProfile profile;
    private final LoginStart.@Nullable ProfileKey key;
    private @Nullable ServerAddress address;
    private @Nullable Wire backendWire;
    private @Nullable BackendLogin backendLogin;
    private @Nullable Player player;
    /** What the server asked of the client, and the client has not answered yet. */
    private int questions;
    private boolean awaitingAcknowledgement;
    private boolean over;

    JoinPhase(Visitor visitor, GameProfile profile, LoginStart.@Nullable ProfileKey key) {
        super(visitor.wire(), State.LOGIN, MAX_FRAME);
        this.visitor = visitor;
        this.profile = profile;
        this.key = key;
    }

    void begin() {
        int protocol = wire.version().number();
        String server = visitor.server().name();
        if (visitor.context().isStopping()) {
            end("stopping", Messages.proxyStopping());
        } else if (!makePlace()) {
            end("already_online", Messages.alreadyOnline());
        } else if (visitor.server().forwarding().mode() == Mode.MODERN && !ModernForwarding.supported(protocol)) {
            end("forwarding_version", Messages.forwardingNeedsNewerClient(server));
        } else {
            List<ServerAddress> candidates = visitor.context().addresses().candidates(visitor.server(), protocol);
            if (candidates.isEmpty()) {
                end(
                    "wrong_version",
                    Messages.wrongVersion(server, visitor.generation().versions().describe(visitor.server().versions()))
                );
            } else {
                visitor.generation().dialer().dial(wire.channel().eventLoop(), candidates, this::prepare, this);
            }
        }
    }

    /** Whether this player may come in: if not replaced, who is here stays. */
    private boolean makePlace() {
        Player present = visitor.context().players().find(profile.id());
        if (present == null) {
            return true;
        }
        if (refusesDuplicates()) {
            return false;
        }
        present.disconnect(visitor.text(Messages.loggedInElsewhere()));
        return true;
    }

    private void prepare(Channel channel) {
        var errand = new Errand(
            visitor.server(),
            wire.version(),
            profile,
            key,
            visitor.from(),
            (InetSocketAddress) wire.channel().localAddress(),
            visitor.host(),
            visitor.port()
        );
        // The login needs its wire and the wire its first phase: nothing arrives before begin().
        Wire dialled = new Wire(channel, Direction.SERVERBOUND);
        backendWire = dialled;
        backendLogin = new BackendLogin(dialled, errand, this);
        dialled.phase(backendLogin);
        channel.pipeline().addLast(dialled);
    }

    @Override
    public boolean wanted() {
        return !over;
    }

    @Override
    public void connected(Channel channel, ServerAddress reached) {
        address = reached;
        backendWire().watchSilence(visitor.generation().configuration().proxy().timeouts().read());
        backendLogin().begin();
    }

    @Override
    public void addressFailed(ServerAddress failed, DialFailure failure) {
        visitor.context().addresses().failed(failed, failure.label());
        visitor.context().metrics().backendConnect(visitor.server().name(), failure.label());
    }

    @Override
    public void failed(DialFailure last) {
        end("server_" + last.label(), last.message(visitor.server().name()));
    }

    @Override
    public void forClient(Packet packet) {
        if (++questions > MOST_QUESTIONS) {
            throw new BadPacketException(
                "too_many_questions",
                questions + " questions to the client without an answer"
            );
        }
        wire.send(packet);
        wire.flush();
    }

    @Override
    public void turnedAway(String label, Words message) {
        if (over) {
            return;
        }
        visitor.context().metrics().backendConnect(visitor.server().name(), label);
        if (!label.equals("kicked")) {
            visitor.context().addresses().failed(address(), label);
        }
        end("server_" + label, message);
    }

    @Override
    public void letIn() {
        if (over) {
            return;
        }
        ProxyContext context = visitor.context();
        context.metrics().backendConnect(visitor.server().name(), "ok");
        context.addresses().worked(address());
        player = new Player(profile, wire, visitor.from(), visitor.server().name(), address());
        if (!takePlace(player)) {
            player = null;
            end("already_online", Messages.alreadyOnline());
            return;
        }
        context.addresses().joined(address());
        // What the server sends from here on waits until the client is ready for it.
        backendWire().pause(Wire.Pause.OTHER_SIDE);
        backendWire().phase(new Waiting());
        compressAsTheServerDoes();
        wire.send(new LoginSuccess(profile.id(), profile.name(), profile.properties(), false, UUID.randomUUID()));
        boolean configures = wire.version().number() >= FIRST_WITH_CONFIGURATION;
        wire.sendState(configures ? State.CONFIGURATION : State.PLAY);
        if (context.isStopping()) {
            end("stopping", Messages.proxyStopping());
        } else if (configures) {
            awaitingAcknowledgement = true;
            wire.flush();
        } else {
            relay(State.PLAY);
        }
    }

    /** Between the first look and now somebody else may have come with the same id. */
    private boolean takePlace(Player newcomer) {
        Players players = visitor.context().players();
        if (refusesDuplicates()) {
            return players.addIfAbsent(newcomer);
        }
        Player before = players.add(newcomer);
        if (before != null) {
            before.disconnect(visitor.text(Messages.loggedInElsewhere()));
        }
        return true;
    }

    private boolean refusesDuplicates() {
        return visitor.generation().configuration().proxy().duplicateLogin() == DuplicateLogin.REFUSE;
    }

    /** With equal thresholds frames pass as they are; where the server does not compress, the proxy may. */
    private void compressAsTheServerDoes() {
        int threshold = backendWire().threshold();
        if (threshold < 0) {
            threshold = visitor.generation().configuration().proxy().compressionThreshold();
        }
        if (threshold >= 0 && wire.version().number() >= FIRST_WITH_COMPRESSION) {
            wire.send(new SetCompression(threshold));
            wire.threshold(threshold);
        }
    }

    @Override
    protected void packet(Packet packet) {
        switch (packet) {
            case LoginAcknowledged _ when awaitingAcknowledgement -> {
                backendWire().send(packet);
                relay(State.CONFIGURATION);
            }
            case LoginPluginResponse _, CookieResponse _ when questions > 0 -> {
                questions--;
                backendLogin().answerOfClient(packet);
            }
            default -> throw unexpected(packet);
        }
    }

    private void relay(State state) {
        over = true;
        wire.keepAlive();
        visitor.arrival().over();
        wire.watchSilence(visitor.generation().configuration().proxy().timeouts().read());
        Player joined = Objects.requireNonNull(player, "the server has not let the player in");
        ProxyContext context = visitor.context();
        context.metrics().loginTook(visitor.waited());
        boolean knowsIdentity =
            visitor.server().forwarding().mode() != Mode.NONE ||
            !visitor.generation().configuration().proxy().onlineMode();
        var backend = new Backend(visitor.server().name(), address(), backendWire(), knowsIdentity);
        var limits = visitor.generation().configuration().proxy().limits();
        var phrases = visitor.generation().phrases();
        new Relay(joined, backend, context.metrics(), context.relayCounters(), limits, phrases, () ->
            left(joined)
        ).begin(state);
        backendWire().offerPending();
        wire.flush();
        backendWire().flush();
        backendWire().resume(Wire.Pause.OTHER_SIDE);
    }

    @Override
    protected int maxFrame() {
        return questions > 0 ? super.maxFrame() : MAX_UNASKED_FRAME;
    }

    @Override
    public void writabilityChanged(boolean writable) {
        if (backendWire != null && player == null) {
            backendWire.otherSideHasRoom(writable);
        }
    }

    private void leave(Player gone) {
        visitor.context().players().remove(gone);
        visitor.context().addresses().left(gone.address());
    }

    private void left(Player gone) {
        leave(gone);
        ProxyContext context = visitor.context();
        context.metrics().connection("played");
        log.info("player left player={} server={} address={}", gone.profile().name(), gone.server(), wire.peerText());
    }

    private Wire backendWire() {
        return Objects.requireNonNull(backendWire, "no server was dialled");
    }

    private BackendLogin backendLogin() {
        return Objects.requireNonNull(backendLogin, "no server was dialled");
    }

    private ServerAddress address() {
        return Objects.requireNonNull(address, "no server was reached");
    }

    /** The login has taken too long: the client's doing while it owes an answer, the server's otherwise. */
    void deadline() {
        if (player != null || questions > 0) {
            end("login_timeout", Messages.loginTookTooLong());
            return;
        }
        if (!over && address != null) {
            visitor.context().addresses().failed(address, "timed_out");
        }
        end("server_timed_out", Messages.timedOut(visitor.server().name()));
    }

    private void end(String reason, Words message) {
        if (!over) {
            over = true;
            visitor.turnAway(reason, message);
            if (backendWire != null) {
                backendWire.close();
            }
        }
    }

    @Override
    public void silent(Wire silent) {
        // The login's own deadline decides.
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        over = true;
        visitor.refused(reason);
    }

    @Override
    public void closed() {
        boolean turnedAway = over;
        over = true;
        if (backendWire != null) {
            backendWire.close();
        }
        if (player != null) {
            leave(player);
        }
        if (!turnedAway) {
            visitor.left();
        }
    }

    /** The server is ready, the client not yet. */
    private final class Waiting implements Phase {

        @Override
        public void bytes(ByteBuf in) {
            // kept until the relay takes over
        }

        @Override
        public void closed() {
            end("server_closed", Messages.serverClosed(visitor.server().name()));
        }
    }
}
