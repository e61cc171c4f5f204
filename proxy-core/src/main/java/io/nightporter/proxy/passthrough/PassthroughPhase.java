package io.nightporter.proxy.passthrough;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.DialFailure;
import io.nightporter.proxy.backend.Dialer;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.fleet.Doorman;
import io.nightporter.proxy.forwarding.ProxyHeader;
import io.nightporter.proxy.limits.Arrival;
import io.nightporter.proxy.limits.PeerLog;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries the bytes of a client to a server and back, from the handshake on and without a look at them: for servers
 * that want it so, and for protocols that no table knows. Nothing can be shown to such a client while its server is
 * away: it waits in its login for a while, and is told when to come back.
 */
public final class PassthroughPhase implements Phase, Dialer.Outcome {

    private static final PeerLog log = PeerLog.of(PassthroughPhase.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private final ProxyContext context;
    private final Generation generation;
    private final Wire client;
    private final Arrival arrival;
    private final ServerSettings settings;
    private @Nullable DialFailure failure;
    private boolean waitedLongEnough;
    private int protocol;
    private @Nullable Wire server;
    private @Nullable ServerAddress address;
    private boolean connected;
    private boolean refused;
    private boolean wrote;

    public PassthroughPhase(
        ProxyContext context,
        Generation generation,
        Wire client,
        Arrival arrival,
        ServerSettings settings
    ) {
        this.context = context;
        this.generation = generation;
        this.client = client;
        this.arrival = arrival;
        this.settings = settings;
    }

    /**
     * Dials the server until it answers; what the client sends meanwhile waits in its socket.
     *
     * @param spoken the protocol that the handshake says
     */
    public void begin(int spoken) {
        protocol = spoken;
        client.pause(Wire.Pause.OTHER_SIDE);
        long hold = generation.configuration().waitingRoom().loginHold().toMillis();
        arrival.deadline(client.channel().eventLoop().schedule(this::waitedLongEnough, hold, TimeUnit.MILLISECONDS));
        dial();
    }

    private void waitedLongEnough() {
        waitedLongEnough = true;
        // Whatever the limit is, the server is tried once.
        if (wanted() && failure != null) {
            giveUp(failure);
        }
    }

    private void giveUp(DialFailure last) {
        refuse("server_" + last.label(), context.watches().of(settings.name()).comeBack());
    }

    private void dial() {
        List<ServerAddress> candidates = context.addresses().candidates(settings, protocol);
        if (candidates.isEmpty() && context.addresses().takes(settings, protocol)) {
            wake();
            return;
        }
        if (candidates.isEmpty()) {
            String welcome = generation.versions().describe(settings.versions());
            refuse("wrong_version", Messages.wrongVersion(settings.name(), welcome));
            return;
        }
        generation.dialer().dial(client.channel().eventLoop(), candidates, this::prepare, this);
    }

    /** Nobody knows who they are, so only a server that everybody may wake is woken. */
    private void wake() {
        context
            .doorman()
            .askForStranger(settings, client.peer(), generation.configuration().proxy().wakeQuota())
            .thenAcceptAsync(answer -> {
                if (!wanted()) {
                    return;
                }
                switch (answer) {
                    case Doorman.Come _, Doorman.Wait _ -> failed(DialFailure.REFUSED);
                    case Doorman.NotAllowed(var words) -> refuse("wake_not_allowed", words);
                    case Doorman.Sorry(String label, var words) -> refuse(label, words);
                }
            }, client.channel().eventLoop());
    }

    private void prepare(Channel channel) {
        server = new Wire(channel, Direction.SERVERBOUND);
        server.phase(new FromServer());
        channel.pipeline().addLast(server);
    }

    @Override
    public boolean wanted() {
        return !refused && client.channel().isActive();
    }

    @Override
    public void connected(Channel channel, ServerAddress reached) {
        context.addresses().worked(reached);
        context.metrics().backendConnect(settings.name(), "ok");
        connected = true;
        arrival.over();
        address = reached;
        context.addresses().joined(reached);
        context.presence().passesThrough(settings.name());
        log.info("passing through address={} server={} to={}", client.peerText(), settings.name(), reached.address());
        if (settings.sendProxyProtocol()) {
            var reachedAt = (InetSocketAddress) client.channel().localAddress();
            server().forward(Unpooled.wrappedBuffer(ProxyHeader.proxied(client.peer(), reachedAt)));
        }
        Duration read = generation.configuration().proxy().timeouts().read();
        client.keepAlive();
        client.watchSilence(read);
        server().watchSilence(read);
        client.offerPending();
        server().flush();
        client.resume(Wire.Pause.OTHER_SIDE);
    }

    @Override
    public void addressFailed(ServerAddress failed, DialFailure failure) {
        context.addresses().failed(failed, failure.label());
        context.metrics().backendConnect(settings.name(), failure.label());
    }

    @Override
    public void failed(DialFailure last) {
        failure = last;
        if (waitedLongEnough) {
            giveUp(last);
            return;
        }
        client
            .channel()
            .eventLoop()
            .schedule(
                () -> {
                    if (wanted()) {
                        dial();
                    }
                },
                BETWEEN_ATTEMPTS.toMillis(),
                TimeUnit.MILLISECONDS
            );
    }

    private void refuse(String reason, Message message) {
        refused = true;
        context.metrics().rejected(reason);
        log.info("pass-through refused address={} server={} reason={}", client.peerText(), settings.name(), reason);
        // A login refusal has had one shape since 1.7, so any client understands it.
        client.version(generation.versions().newest());
        client.sendState(State.LOGIN);
        Player.say(client, generation.phrases().text(message, null));
    }

    private Wire server() {
        return Objects.requireNonNull(server, "no server was dialled");
    }

    @Override
    public void bytes(ByteBuf in) {
        if (connected) {
            server().forward(in.readRetainedSlice(in.readableBytes()));
            wrote = true;
        }
    }

    @Override
    public void readComplete() {
        if (wrote) {
            wrote = false;
            server().flush();
        }
    }

    @Override
    public void writabilityChanged(boolean writable) {
        if (connected) {
            server().otherSideHasRoom(writable);
        }
    }

    @Override
    public void closed() {
        context.metrics().connection(connected ? "passed_through" : refused ? "refused" : "left_in_login");
        if (server != null) {
            server.close();
        }
        if (address != null) {
            context.addresses().left(address);
            context.presence().passedOn(settings.name());
        }
    }

    /** The other direction. */
    private final class FromServer implements Phase {

        private boolean wroteBack;

        @Override
        public void bytes(ByteBuf in) {
            client.forward(in.readRetainedSlice(in.readableBytes()));
            wroteBack = true;
        }

        @Override
        public void readComplete() {
            if (wroteBack) {
                wroteBack = false;
                client.flush();
            }
        }

        @Override
        public void writabilityChanged(boolean writable) {
            client.otherSideHasRoom(writable);
        }

        @Override
        public void closed() {
            if (connected) {
                client.hangUp();
            }
        }
    }
}
