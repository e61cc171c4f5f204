package io.nightporter.proxy.session;

import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Approach;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.backend.Doorstep;
import io.nightporter.proxy.backend.Intake;
import io.nightporter.proxy.backend.Parked;
import io.nightporter.proxy.backend.Probation;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Quote;
import io.nightporter.proxy.text.Words;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
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
        /** Whether the client can be taken elsewhere now; {@link #settled} follows otherwise. */
        boolean isReady();

        /** The server waits for the player. */
        void arrived(Journey journey, Arrival arrival);

        /** There is no way. */
        void turnedBack(Journey journey, Approach.Rejection rejection);

        /** The server that {@link #arrived} told of does not wait any longer. */
        void serverLeft(Journey journey);
    }

    private final ServerSettings server;
    private final Wire player;
    private final Client client;
    private final Traces traces;
    private final Traveller traveller;
    private @Nullable Approach approach;
    private @Nullable Backend backend;
    /** Whether the server has let the player in, and the client cannot be taken there yet. */
    private boolean waitsForClient;
    private boolean over;

    Journey(ServerSettings server, Wire player, Client client, Traces traces, Traveller traveller) {
        this.server = server;
        this.player = player;
        this.client = client;
        this.traces = traces;
        this.traveller = traveller;
    }

    /** On this way, which tells this journey how it went. */
    void begin(Approach chosen) {
        approach = chosen;
        player
            .channel()
            .eventLoop()
            .schedule(
                () -> {
                    if (!over) {
                        chosen.abandonAsTooSlow();
                        turnBack(new Approach.Rejection("timed_out", Messages.timedOut(server.name()), true));
                    }
                },
                LIMIT.toMillis(),
                TimeUnit.MILLISECONDS
            );
    }

    ServerSettings server() {
        return server;
    }

    /** Whether the server has let the player in: then it is there, and goes on. */
    boolean isLetIn() {
        return backend != null;
    }

    /** The player goes elsewhere, or goes. */
    void abandon() {
        over = true;
        if (approach != null) {
            approach.abandon();
        }
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
        if (traveller.isReady()) {
            goOn(taken);
        } else {
            waitsForClient = true;
            taken.wire().phase(new Parked(() -> failedLate("closed", null)));
        }
    }

    /** The client can be taken elsewhere from now on. */
    void settled() {
        if (waitsForClient && backend != null && !over) {
            waitsForClient = false;
            goOn(backend);
        }
    }

    /** Until it is sure that the server takes the player. */
    private void goOn(Backend taken) {
        if (taken.wire().version().number() < FIRST_WITH_CONFIGURATION) {
            new Doorstep(taken.wire(), new Trial(taken)).begin();
        } else if (player.sendState() == State.PLAY) {
            new Intake(taken.wire(), client, traces::hasApplied, new Trial(taken)).begin();
        } else {
            arrive(taken, null);
        }
    }

    /** How it goes with a server that has let the player in. */
    private final class Trial implements Probation.Listener {

        private final Backend taken;

        Trial(Backend taken) {
            this.taken = taken;
        }

        @Override
        public void passed(Probation.@Nullable Configuration configuration) {
            arrive(taken, configuration);
        }

        @Override
        public void failed(String label, @Nullable Text goodbye) {
            failedLate(label, goodbye);
        }
    }

    private void arrive(Backend taken, Probation.@Nullable Configuration configuration) {
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

    @Override
    public void forClient(Packet packet) {
        if (approach != null) {
            approach.answerForClient(packet);
        }
    }
}
