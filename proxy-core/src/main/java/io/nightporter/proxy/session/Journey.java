package io.nightporter.proxy.session;

import io.netty.channel.EventLoop;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.packet.CookieRequest;
import io.nightporter.protocol.packet.CookieResponse;
import io.nightporter.protocol.packet.LoginPluginRequest;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.backend.Approach;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.backend.Dialer;
import io.nightporter.proxy.backend.Doorstep;
import io.nightporter.proxy.backend.Errand;
import io.nightporter.proxy.backend.Intake;
import io.nightporter.proxy.backend.Parked;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Quote;
import io.nightporter.proxy.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a player, who is in the game already, to a server: dials, logs in, and goes on until it is sure
 * that the server takes the player. The player notices nothing of it.
 */
final class Journey implements Approach.Listener {

    /** A server that has not let the player in by then is stuck. */
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int FIRST_WITH_CONFIGURATION = 764;

    /** Who travels. Exactly one of the first two is called, and once, unless {@link #abandon} comes first. */
    interface Traveller {
        /** The server waits for the player. */
        void arrived(Journey journey, Arrival arrival);

        /** There is no way. */
        void turnedBack(Journey journey, Approach.Rejection rejection);

        /** The server that {@link #arrived} told of does not wait any longer. */
        void serverLeft(Journey journey);
    }

    private final ServerSettings server;
    private final Client client;
    private final Traces traces;
    private final boolean takesConfigurationIn;
    private final Traveller traveller;
    private final Approach approach;
    private @Nullable Backend backend;
    private boolean over;

    /**
     * @param takesConfigurationIn whether the server's configuration is taken in for the client; otherwise the client is
     *     in that state itself, and hears it from the server
     */
    Journey(
        ProxyContext context,
        Errand errand,
        Client client,
        Traces traces,
        boolean takesConfigurationIn,
        Traveller traveller
    ) {
        this.server = errand.server();
        this.client = client;
        this.traces = traces;
        this.takesConfigurationIn = takesConfigurationIn;
        this.traveller = traveller;
        Duration read = context.generation().configuration().proxy().timeouts().read();
        this.approach = new Approach(errand, context.addresses(), context.metrics(), read, this);
    }

    void begin(Dialer dialer, EventLoop loop, List<ServerAddress> candidates) {
        loop.schedule(
            () -> {
                if (!over) {
                    approach.abandonAsTooSlow();
                    turnBack(new Approach.Rejection("timed_out", Messages.timedOut(server.name()), true));
                }
            },
            LIMIT.toMillis(),
            TimeUnit.MILLISECONDS
        );
        approach.begin(dialer, loop, candidates);
    }

    ServerSettings server() {
        return server;
    }

    /** The player goes elsewhere, or goes. */
    void abandon() {
        over = true;
        approach.abandon();
        if (backend != null) {
            backend.wire().close();
        }
    }

    @Override
    public void letIn(Backend taken) {
        if (over) {
            taken.wire().close();
            return;
        }
        backend = taken;
        if (taken.wire().version().number() < FIRST_WITH_CONFIGURATION) {
            new Doorstep(
                taken.wire(),
                new Doorstep.Listener() {
                    @Override
                    public void begins() {
                        arrive(taken, null);
                    }

                    @Override
                    public void failed(String label, @Nullable Text goodbye) {
                        failedLate(label, goodbye);
                    }
                }
            ).begin();
        } else if (takesConfigurationIn) {
            new Intake(
                taken.wire(),
                client,
                traces::hasApplied,
                new Intake.Listener() {
                    @Override
                    public void taken(Intake.Configuration configuration) {
                        arrive(taken, configuration);
                    }

                    @Override
                    public void failed(String label, @Nullable Text goodbye) {
                        failedLate(label, goodbye);
                    }
                }
            ).begin();
        } else {
            arrive(taken, null);
        }
    }

    private void arrive(Backend taken, Intake.@Nullable Configuration configuration) {
        if (over) {
            taken.wire().close();
            return;
        }
        over = true;
        taken.wire().phase(new Parked(() -> traveller.serverLeft(this)));
        traveller.arrived(this, new Arrival(server, taken, configuration));
    }

    private void failedLate(String label, @Nullable Text goodbye) {
        Words words = goodbye != null ? new Quote(goodbye) : Messages.hungUp(server.name());
        turnBack(new Approach.Rejection(label, words, true));
    }

    @Override
    public void turnedAway(Approach.Rejection rejection) {
        turnBack(rejection);
    }

    private void turnBack(Approach.Rejection rejection) {
        if (!over) {
            over = true;
            traveller.turnedBack(this, rejection);
        }
    }

    /** The client is not in login any more, where it could answer: a server that can do without gets an empty answer. */
    @Override
    public void forClient(Packet packet) {
        switch (packet) {
            case LoginPluginRequest request -> approach.answerOfClient(
                new LoginPluginResponse(request.messageId(), Optional.empty())
            );
            case CookieRequest request -> approach.answerOfClient(new CookieResponse(request.key(), Optional.empty()));
            default -> throw new IllegalArgumentException("nobody asks a client in login for " + packet.type().name());
        }
    }
}
