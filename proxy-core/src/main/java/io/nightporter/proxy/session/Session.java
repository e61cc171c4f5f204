package io.nightporter.proxy.session;

import io.netty.channel.EventLoop;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Approach;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.limits.Ration;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.player.Heartbeat;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.relay.Entrance;
import io.nightporter.proxy.relay.Relay;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Words;
import io.nightporter.proxy.waitingroom.Form;
import io.nightporter.proxy.waitingroom.Notice;
import io.nightporter.proxy.waitingroom.Reason;
import io.nightporter.proxy.waitingroom.WaitingRoom;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One player from login success to goodbye. A player is on a server (there is a relay), in the waiting room, or on the
 * way across; a server that goes away ends none of that. Lives on the player's event loop.
 */
public final class Session {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final ProxyContext context;
    private final Papers papers;
    private final Player player;
    private final Wire wire;
    private final Client client = new Client();
    private final Traces traces = new Traces();
    private final Heartbeat heartbeat;
    private final Ration ration;
    private final Commands commands;
    private final OnServer ties = new OnServer(this);
    private final InRoom host = new InRoom(this);
    private final Wishes wishes;
    private final Booking booking = new Booking(this);
    private final Passage passage;
    private final Release release = new Release(this);
    private @Nullable Relay relay;
    private @Nullable WaitingRoom room;
    /** The room's form is told when the player has arrived, and is not there any more. */
    private Form waitedIn = Form.WORLD;
    private boolean over;

    public Session(ProxyContext context, Papers papers, Player player) {
        this.context = context;
        this.papers = papers;
        this.player = player;
        this.wire = player.wire();
        this.heartbeat = new Heartbeat(wire, context.generation().configuration().proxy().timeouts().read());
        this.ration = new Ration(
            wire,
            papers.profile().name(),
            context.metrics(),
            context.generation().configuration().proxy().limits()
        );
        this.commands = new Commands(this);
        this.wishes = new Wishes(this);
        this.passage = new Passage(this);
        player.attendedBy(new Attendance(this));
    }

    // The beginnings.

    /** The player's login and the server's have both just succeeded. */
    public void begin(Backend backend, State state) {
        Rounds.begin(this, loop());
        attach(backend, Entrance.FRESH, state, false);
    }

    /**
     * The player's login has just succeeded, and there is no server yet.
     *
     * @param underWay begun at the client's login, and taken over if it is still pending
     * @param rejection by the server, when the client's login was at its end already
     */
    public void beginWaiting(
        ServerSettings server,
        Reason reason,
        @Nullable Approach underWay,
        Approach.@Nullable Rejection rejection
    ) {
        Rounds.begin(this, loop());
        State state = wire.version().number() >= Passage.FIRST_WITH_CONFIGURATION ? State.CONFIGURATION : State.PLAY;
        wishFor(server, reason, "");
        wishes.anyLobbyWillDo();
        WaitingRoom entered = enter(state);
        if (underWay != null && underWay.isPending()) {
            passage.adopt(server, underWay);
        }
        entered.enterFromLogin();
        if (rejection != null) {
            release.turnedBack(server, rejection);
        }
    }

    // What others may ask.

    Player player() {
        return player;
    }

    Client client() {
        return client;
    }

    Wire wire() {
        return wire;
    }

    /** The network whose hostname the player came by, as it is configured now; null if there is none. */
    @Nullable
    NetworkSettings network() {
        return papers.network() == null ? null : generation().configuration().networks().get(papers.network());
    }

    ProxyContext context() {
        return context;
    }

    Commands commands() {
        return commands;
    }

    Wishes wishes() {
        return wishes;
    }

    /** Null in the waiting room, unless the server has just stalled. */
    @Nullable
    Relay relay() {
        return relay;
    }

    /** Null on a server, unless it has stalled. */
    @Nullable
    WaitingRoom room() {
        return room;
    }

    Booking booking() {
        return booking;
    }

    Papers papers() {
        return papers;
    }

    Traces traces() {
        return traces;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    Passage passage() {
        return passage;
    }

    Release release() {
        return release;
    }

    Ration ration() {
        return ration;
    }

    /** Whether the player is gone. */
    boolean isOver() {
        return over;
    }

    /** The player's. */
    String name() {
        return papers.profile().name();
    }

    /** The server that the player is on, or waits for. */
    String server() {
        return player.attachment().server();
    }

    /** Whether the player is on the server of this name, and not just waiting for it. */
    boolean isOn(String server) {
        return relay != null && room == null && server().equals(server);
    }

    Text text(Words words) {
        return generation().phrases().text(words, client.locale());
    }

    /** Shows the player a line in the chat. */
    void say(Words words) {
        if (wire.sendState() == State.PLAY && traces.inWorld()) {
            ChatLine.send(wire, text(words));
        }
    }

    /** Takes the player to a server that is there, or makes them wait for it if they wait for another one. */
    void goNow(ServerSettings target) {
        say(Messages.switching(target.name()));
        Wish before = wishes.current();
        if (room == null) {
            if (!target.equals(passage.target())) {
                passage.to(target);
            }
        } else if (before == null || !before.server().name().equals(target.name())) {
            if (before != null) {
                recordWait(before);
            }
            // A server that has stalled is not waited for any more.
            detach();
            wishFor(target, target.managed() ? Reason.STARTING : Reason.DOWN, "");
            player.attachment(new Attachment.Waiting(target.name()));
        }
    }

    Generation generation() {
        return context.generation();
    }

    EventLoop loop() {
        return wire.channel().eventLoop();
    }

    boolean inPlay() {
        return wire.sendState() == State.PLAY;
    }

    // On a server.

    /**
     * Joins the player and a server.
     *
     * @param state of both connections
     * @param packsAreSettled whether the client's answer about packs is known to the server already
     */
    void attach(Backend backend, Entrance entrance, State state, boolean packsAreSettled) {
        var next = new Relay(
            player,
            backend,
            ties,
            client,
            traces,
            heartbeat,
            context.metrics(),
            context.relayCounters(),
            entrance
        );
        relay = next;
        player.attachment(new Attachment.Backend(backend.server(), backend.address()));
        if (packsAreSettled) {
            next.packsAreSettled();
        }
        next.begin(state);
    }

    /** Leaves the server that the player is on, if any. */
    void detach() {
        Relay left = relay;
        if (left != null) {
            relay = null;
            left.leave();
        }
    }

    // In the waiting room.

    WaitingRoom enter(State serverbound) {
        var entered = new WaitingRoom(wire, serverbound, papers.profile(), client, traces, heartbeat, this::text, host);
        room = entered;
        passage.crossingEnds();
        showWish();
        return entered;
    }

    void leaveRoom() {
        WaitingRoom left = room;
        if (left != null) {
            room = null;
            waitedIn = left.form();
            left.leave();
        }
    }

    /** The player waits for this server from now on, and goes nowhere else. */
    void wishFor(ServerSettings server, Reason reason, String lost) {
        passage.abandon();
        wishes.make(server, reason, lost, passage.fallsFrom(server));
    }

    void forgetWish() {
        passage.abandon();
        wishes.forget();
    }

    /** Shows the player what they wait for. */
    void showWish() {
        Notice notice = wishes.notice();
        if (room != null && notice != null) {
            room.show(notice);
        }
    }

    /** The player leaves the server or the room, for a server that waits. */
    void leaveWhereItIs() {
        detach();
        leaveRoom();
    }

    /** Once a second. */
    void secondPassed(long now) {
        long stallAfter = generation().configuration().waitingRoom().stallAfter().toSeconds();
        if (relay != null && !passage.isCrossing() && relay.secondPassed(now, stallAfter)) {
            stalled(relay);
        }
        if (room != null && wire.isIn(room)) {
            room.secondPassed(now);
            wishes.secondPassed();
            showWish();
        }
        booking.secondPassed();
        passage.secondPassed(now);
    }

    private void stalled(Relay silent) {
        ServerSettings server = generation().configuration().servers().get(server());
        if (server == null || room != null) {
            return;
        }
        log.info("server stalled player={} server={}", name(), server.name());
        if (passage.target() != null) {
            // The player is leaving it anyway.
            ties.serverGone("stalled");
            return;
        }
        wishFor(server, Reason.STALLED, "");
        enter(silent.serverbound()).freeze();
    }

    // The end.

    /** The player is gone. */
    void end() {
        if (over) {
            return;
        }
        over = true;
        Rounds.end(this);
        Wish unfulfilled = wishes.current();
        if (unfulfilled != null) {
            recordWait(unfulfilled);
        }
        wishes.forget();
        booking.cancel();
        passage.end();
        detach();
        context.players().remove(player);
        context.metrics().connection("played");
        log.info("player left player={} server={} address={}", name(), server(), wire.peerText());
    }

    void recordWait(Wish ended) {
        Form form = room == null ? waitedIn : room.form();
        context
            .metrics()
            .waited(ended.reason().label(), form.label(), Duration.ofNanos(System.nanoTime() - ended.since()));
    }

    /** Tells the player goodbye. */
    void dismiss(Message words) {
        Player.say(wire, text(words));
        detach();
    }
}
