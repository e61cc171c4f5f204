package io.nightporter.proxy.session;

import io.netty.channel.EventLoop;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Approach;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.backend.Probation;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.relay.Entrance;
import io.nightporter.proxy.relay.HeldConfiguration;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.waitingroom.WaitingRoom;
import io.nightporter.proxy.wire.Wire;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A player's way to a server, from another one or from the waiting room: a {@link Journey} that the player does not
 * notice, and then the step across, in the way that disturbs the client least. On the player's event loop.
 */
final class Passage {

    static final int FIRST_WITH_CONFIGURATION = 764;
    /** Since 1.13 channels have names with a colon. */
    private static final int FIRST_WITH_NAMESPACES = 393;
    /** A server that loses a player within this after the player came is tried again with a pause. */
    private static final Duration SHORT_STAY = Duration.ofSeconds(10);

    /** A server that is there answers the first question for its status within this. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Session session;
    private final ProxyContext context;
    private final Wire wire;
    private final Client client;
    private final Traces traces;
    private final Traveller traveller = new Traveller();
    private @Nullable Journey journey;
    /** A server that waits while the client cannot be taken there. */
    private @Nullable Arrival held;
    private @Nullable Crossing crossing;
    /** Whether the journey began when the client was still in login. */
    private boolean adopted;
    /** As {@link System#nanoTime}; 0: the player has arrived. */
    private long begun;
    /** When the player came to a server last, as {@link System#nanoTime}; 0: never since the first. */
    private long arrivedAt;
    private String arrivedOn = "";
    /** How often in a row a server has let the player in and lost them at once. */
    private int falls;

    Passage(Session session) {
        this.session = session;
        this.context = session.context();
        this.wire = session.wire();
        this.client = session.client();
        this.traces = session.traces();
    }

    /** Sets out; whoever was on the way elsewhere turns round. */
    void to(ServerSettings named) {
        abandon();
        Generation generation = context.generation();
        // As it is configured now: it may have moved.
        ServerSettings target = generation.configuration().servers().getOrDefault(named.name(), named);
        List<ServerAddress> candidates = context.addresses().candidates(target, wire.version().number());
        var next = new Journey(target, wire, client, traces, traveller);
        journey = next;
        adopted = false;
        begun = System.nanoTime();
        if (candidates.isEmpty()) {
            String welcome = generation.versions().describe(target.versions());
            traveller.turnedBack(
                next,
                new Approach.Rejection("wrong_version", Messages.wrongVersion(target.name(), welcome), false)
            );
            return;
        }
        Duration read = generation.configuration().proxy().timeouts().read();
        var approach = new Approach(
            session.papers().errand(target, wire),
            context.addresses(),
            context.metrics(),
            read,
            next
        );
        next.begin(approach);
        approach.begin(generation.dialer(), loop(), candidates);
    }

    /** Goes on with what was begun when the client was still in login, which the server takes its time over. */
    void adopt(ServerSettings server, Approach underWay) {
        var next = new Journey(server, wire, client, traces, traveller);
        journey = next;
        adopted = true;
        begun = System.nanoTime();
        underWay.handTo(next);
        next.begin(underWay);
    }

    /**
     * The server answers, and this player may try it. If it has answered all along, then what is under way is the right
     * way to try, however long it takes; otherwise it was begun with a server that was not there yet.
     */
    void serverAnswers() {
        if (adopted && journey != null && !journey.isLetIn() && !hasBegunWithin(AT_ONCE)) {
            abandon();
        }
    }

    /** The client can be taken elsewhere from now on. */
    void settled() {
        if (journey == null) {
            return;
        }
        if (held != null) {
            cross(journey, held);
        } else {
            journey.settled();
        }
    }

    /** Where the player is going; null: nowhere. */
    @Nullable
    ServerSettings target() {
        return journey == null ? null : journey.server();
    }

    /** Whether the player is on the way. */
    boolean isUnderWay() {
        return journey != null;
    }

    /** The player does not go there any more. */
    void abandon() {
        if (journey != null) {
            journey.abandon();
            journey = null;
            held = null;
        }
    }

    /** The player is gone. */
    void end() {
        abandon();
        if (crossing != null) {
            crossing.arrival().backend().wire().close();
        }
    }

    /** Whether the client is between two worlds. */
    boolean isCrossing() {
        return crossing != null;
    }

    /** The client is led elsewhere: into the waiting room. */
    void crossingEnds() {
        crossing = null;
    }

    /** Whether the player is on the way, and has not been for longer. */
    boolean hasBegunWithin(Duration time) {
        return journey != null && System.nanoTime() - begun < time.toNanos();
    }

    /** Once a second. */
    void secondPassed(long now) {
        if (crossing != null && wire.isIn(crossing)) {
            crossing.secondPassed(now);
        }
    }

    /** The player has to wait for this server; returns how often in a row it has lost the player at once. */
    int fallsFrom(ServerSettings server) {
        boolean soon =
            arrivedAt != 0 && server.name().equals(arrivedOn) && System.nanoTime() - arrivedAt < SHORT_STAY.toNanos();
        falls = soon ? falls + 1 : 0;
        return falls;
    }

    /** The player is in the game on the server to which the passage led, if there was one. */
    void joined(Backend backend) {
        if (begun == 0) {
            return;
        }
        if (wire.version().number() < FIRST_WITH_CONFIGURATION) {
            introduce(backend);
            backend.wire().flush();
        }
        context.metrics().switched("ok", Duration.ofNanos(System.nanoTime() - begun));
        begun = 0;
    }

    private EventLoop loop() {
        return wire.channel().eventLoop();
    }

    /** The server waits: the client is taken there in the way that disturbs it least. */
    private void cross(Journey ended, Arrival arrival) {
        Probation.Configuration told = arrival.configuration();
        held = null;
        if (told != null && wire.sendState() != State.PLAY) {
            // It was taken in for a client in the game; this one has left it since.
            ended.abandon();
            traveller.turnedBack(
                ended,
                new Approach.Rejection("closed", Messages.hungUp(arrival.server().name()), true)
            );
        } else if (told == null) {
            if (wire.version().number() >= FIRST_WITH_CONFIGURATION) {
                arrival.backend().wire().send(new LoginAcknowledged());
                arrival.backend().wire().sendState(State.CONFIGURATION);
                introduce(arrival.backend());
                arrive(arrival, State.CONFIGURATION, Entrance.FRESH, false);
            } else {
                traces.leavePacks();
                over(arrival);
            }
        } else if (told.finished() && traces.inWorld() && traces.configuration().isSameAs(digest(told))) {
            traces.leavePacks();
            for (Probation.Taken packet : told.packets()) {
                if (!HeldConfiguration.concerns(packet.name())) {
                    Crossing.tell(wire, traces, packet, State.PLAY);
                }
            }
            arrival.backend().wire().send(new FinishConfigurationAck());
            over(arrival);
        } else if (traces.chatSessionIsDue(wire)) {
            loop().schedule(
                () -> {
                    if (ended.equals(journey)) {
                        cross(ended, arrival);
                    }
                },
                Crossing.untilNextLook().toMillis(),
                TimeUnit.MILLISECONDS
            );
        } else {
            session.leaveWhereItIs();
            arriving(arrival);
            crossing = new Crossing(wire, arrival, told, client, traces, session.heartbeat(), new Guide());
            crossing.begin();
        }
    }

    private static byte[] digest(Probation.Configuration told) {
        MessageDigest digest = HeldConfiguration.sha256();
        told.packets().forEach(packet -> HeldConfiguration.update(digest, packet.name(), packet.body().toBuffer()));
        return digest.digest();
    }

    /** Says what the client says once only, and has said to somebody else. */
    private void introduce(Backend backend) {
        client.brand().ifPresent(backend.wire()::send);
        client.settings().ifPresent(backend.wire()::send);
        client.registrations(wire.version().number() >= FIRST_WITH_NAMESPACES).forEach(backend.wire()::send);
    }

    /** Without leaving the game: from world to world, as after a death. */
    private void over(Arrival arrival) {
        boolean inWorld = traces.inWorld();
        session.leaveWhereItIs();
        traces.clear(wire);
        arrive(arrival, State.PLAY, inWorld ? Entrance.OVER : Entrance.FRESH, false);
    }

    private void arrive(Arrival arrival, State state, Entrance entrance, boolean packsAreSettled) {
        session.leaveWhereItIs();
        crossing = null;
        journey = null;
        arriving(arrival);
        session.attach(arrival.backend(), entrance, state, packsAreSettled);
    }

    private void arriving(Arrival arrival) {
        arrivedAt = System.nanoTime();
        arrivedOn = arrival.server().name();
    }

    /** How the journeys end. */
    private final class Traveller implements Journey.Traveller {

        @Override
        public boolean isReady() {
            WaitingRoom room = session.room();
            return room == null || room.isSettled();
        }

        @Override
        public void arrived(Journey ended, Arrival arrival) {
            if (!ended.equals(journey)) {
                ended.abandon();
            } else if (isReady()) {
                cross(ended, arrival);
            } else {
                held = arrival;
            }
        }

        @Override
        public void turnedBack(Journey ended, Approach.Rejection rejection) {
            if (ended.equals(journey)) {
                journey = null;
                held = null;
                context.metrics().switched(rejection.label(), Duration.ofNanos(System.nanoTime() - begun));
                session.release().turnedBack(ended.server(), rejection);
            }
        }

        @Override
        public void serverLeft(Journey ended) {
            if (!ended.equals(journey)) {
                return;
            }
            Crossing under = crossing;
            if (under == null) {
                turnedBack(ended, new Approach.Rejection("closed", Messages.hungUp(ended.server().name()), true));
            } else {
                // The client has left its world already: it waits in another one.
                journey = null;
                crossing = null;
                session.release().strandedBefore(ended.server(), under.serverbound());
            }
        }
    }

    /** How the way across ends. */
    private final class Guide extends Supervision implements Crossing.Guide {

        Guide() {
            super(Passage.this.session);
        }

        @Override
        public void across(Arrival arrival, State state, boolean packsAreSettled) {
            arrive(arrival, state, Entrance.FRESH, packsAreSettled);
        }
    }
}
