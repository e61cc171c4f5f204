package io.nightporter.proxy.backend;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.packet.CookieRequest;
import io.nightporter.protocol.packet.CookieResponse;
import io.nightporter.protocol.packet.LoginPluginRequest;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.version.Direction;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.routing.AddressBook;
import io.nightporter.proxy.text.Words;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One way to a server for one player: dials, logs in, and reports how it went. On the player's event loop. */
public final class Approach implements Dialer.Outcome, BackendLogin.Listener {

    /** Who wants to get there. Exactly one of the first two is called, and once, unless {@link #abandon} comes first. */
    public interface Listener {
        /** The server has let the player in; its connection reads nothing more until somebody takes it over. */
        void letIn(Backend backend);

        /** It did not work. */
        void turnedAway(Rejection rejection);

        /** The server asks something that only the client can answer. */
        void forClient(Packet packet);
    }

    /**
     * Why a server did not take a player.
     *
     * @param label for logs and metrics
     * @param words for the player; what the server itself said is a quote
     * @param reached whether there was a connection at all
     */
    public record Rejection(String label, Words words, boolean reached) {
        /** Whether the server itself said no, in its own words. */
        public boolean spoken() {
            return label.equals("kicked");
        }

        /** Whether trying again can help: what is set up wrong stays wrong. */
        public boolean mayPass() {
            return switch (label) {
                case "online_mode", "no_forwarding" -> false;
                default -> true;
            };
        }
    }

    private final Errand errand;
    private final AddressBook addresses;
    private final ProxyMetrics metrics;
    private final Duration readTimeout;
    private Listener listener;
    private @Nullable ServerAddress address;
    /** Counted there already, without a connection. */
    private @Nullable ServerAddress headingFor;
    private @Nullable Wire wire;
    private @Nullable BackendLogin login;
    private boolean over;

    /**
     * @param readTimeout silence after which the server's connection is given up
     */
    public Approach(
        Errand errand,
        AddressBook addresses,
        ProxyMetrics metrics,
        Duration readTimeout,
        Listener listener
    ) {
        this.errand = errand;
        this.addresses = addresses;
        this.metrics = metrics;
        this.readTimeout = readTimeout;
        this.listener = listener;
    }

    /**
     * Sets out.
     *
     * @param candidates where to try, in this order
     */
    public void begin(Dialer dialer, EventLoop loop, List<ServerAddress> candidates) {
        // Whoever chooses next, in the same moment perhaps, shall know: else all who lost a server go to the same one.
        if (!candidates.isEmpty()) {
            headingFor = candidates.getFirst();
            addresses.joined(headingFor);
        }
        dialer.dial(loop, candidates, this::prepare, this);
    }

    /** From now on somebody else wants to know how it goes. */
    public void handTo(Listener other) {
        listener = other;
    }

    private void changeCourse() {
        if (headingFor != null) {
            addresses.left(headingFor);
            headingFor = null;
        }
    }

    public ServerSettings server() {
        return errand.server();
    }

    /** Whether the server was reached, and its answer is what is waited for. */
    public boolean reached() {
        return address != null;
    }

    /** Whether the server was reached, and has not said yes or no. */
    public boolean isPending() {
        return address != null && !over;
    }

    /** The player goes elsewhere, or goes: nothing more is tried and nothing more is said. */
    public void abandon() {
        over = true;
        changeCourse();
        if (wire != null) {
            wire.close();
        }
    }

    /** The same, because the server took too long; it counts against its address. */
    public void abandonAsTooSlow() {
        if (!over && address != null) {
            addresses.failed(address, "timed_out");
        }
        abandon();
    }

    /** The client's answer to {@link Listener#forClient}. */
    public void answerOfClient(Packet packet) {
        login().answerOfClient(packet);
    }

    /** As a client that does not know what it is asked: this one is not in login any more, where it could answer. */
    public void answerForClient(Packet packet) {
        switch (packet) {
            case LoginPluginRequest request -> answerOfClient(
                new LoginPluginResponse(request.messageId(), Optional.empty())
            );
            case CookieRequest request -> answerOfClient(new CookieResponse(request.key(), Optional.empty()));
            default -> throw new IllegalArgumentException("nobody asks a client in login for " + packet.type().name());
        }
    }

    /** Whether the client's connection has room: answers of mods may be large. */
    public void clientHasRoom(boolean room) {
        if (wire != null) {
            wire.otherSideHasRoom(room);
        }
    }

    private void prepare(Channel channel) {
        // The login needs its wire and the wire its first phase: nothing arrives before begin().
        Wire dialled = new Wire(channel, Direction.SERVERBOUND);
        wire = dialled;
        login = new BackendLogin(dialled, errand, this);
        dialled.phase(login);
        channel.pipeline().addLast(dialled);
    }

    @Override
    public boolean wanted() {
        return !over;
    }

    @Override
    public void connected(Channel channel, ServerAddress reached) {
        address = reached;
        if (reached.equals(headingFor)) {
            headingFor = null;
        } else {
            changeCourse();
            addresses.joined(reached);
        }
        channel.closeFuture().addListener(_ -> addresses.left(reached));
        wire().watchSilence(readTimeout);
        login().begin();
    }

    @Override
    public void addressFailed(ServerAddress failed, DialFailure failure) {
        changeCourse();
        addresses.failed(failed, failure.label());
        metrics.backendConnect(server().name(), failure.label());
    }

    @Override
    public void failed(DialFailure last) {
        over = true;
        listener.turnedAway(new Rejection(last.label(), last.message(server().name()), false));
    }

    @Override
    public void turnedAway(String label, Words words) {
        if (over) {
            return;
        }
        over = true;
        metrics.backendConnect(server().name(), label);
        if (!label.equals("kicked")) {
            addresses.failed(address(), label);
        }
        listener.turnedAway(new Rejection(label, words, true));
    }

    @Override
    public void letIn() {
        if (over) {
            return;
        }
        over = true;
        metrics.backendConnect(server().name(), "ok");
        addresses.worked(address());
        wire().pause(Wire.Pause.OTHER_SIDE);
        listener.letIn(new Backend(server().name(), address(), wire(), errand.serverKnowsIdentity()));
    }

    @Override
    public void forClient(Packet packet) {
        if (!over) {
            listener.forClient(packet);
        }
    }

    private Wire wire() {
        return Objects.requireNonNull(wire, "no server was dialled");
    }

    private BackendLogin login() {
        return Objects.requireNonNull(login, "no server was dialled");
    }

    private ServerAddress address() {
        return Objects.requireNonNull(address, "no server was reached");
    }
}
