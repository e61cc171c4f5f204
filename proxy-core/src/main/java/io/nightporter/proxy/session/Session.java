package io.nightporter.proxy.session;

import io.netty.channel.EventLoop;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Approach;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.backend.Intake;
import io.nightporter.proxy.config.KickRules;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.limits.PeerLog;
import io.nightporter.proxy.limits.Ration;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.player.Heartbeat;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.relay.Entrance;
import io.nightporter.proxy.relay.HeldConfiguration;
import io.nightporter.proxy.relay.Relay;
import io.nightporter.proxy.relay.Ties;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Quote;
import io.nightporter.proxy.text.Words;
import io.nightporter.proxy.waitingroom.Host;
import io.nightporter.proxy.waitingroom.Notice;
import io.nightporter.proxy.waitingroom.Reason;
import io.nightporter.proxy.waitingroom.ServerWatch;
import io.nightporter.proxy.waitingroom.WaitingRoom;
import io.nightporter.proxy.wire.Wire;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One player from login success to goodbye. A player is on a server (there is a relay), in the waiting room, or on the
 * way across; a server that goes away ends none of that. Lives on the player's event loop.
 */
public final class Session {

    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final PeerLog peerLog = PeerLog.of(Session.class);
    private static final int FIRST_WITH_CONFIGURATION = 764;
    /** Since 1.13 channels have names with a colon. */
    private static final int FIRST_WITH_NAMESPACES = 393;
    /** A server that stalled and is well again mostly goes on by itself; only then is it joined anew. */
    private static final Duration GRACE_FOR_STALLED = Duration.ofSeconds(3);
    /** Whoever waited for less than this is not greeted like somebody who waited. */
    private static final Duration A_WHILE = Duration.ofSeconds(2);
    /** A server that loses a player within this after the player came is tried again with a pause. */
    private static final Duration SHORT_STAY = Duration.ofSeconds(10);
    /** Far from what servers count to. */
    private static final int FIRST_TELEPORT = 0x4E500000;
    private static final int TELEPORTS = 0x10000;

    private final ProxyContext context;
    private final Papers papers;
    private final Player player;
    private final Wire wire;
    private final Client client = new Client();
    private final Traces traces = new Traces();
    private final Heartbeat heartbeat;
    private final Ration ration;
    private final Commands commands;
    private final RelayTies ties = new RelayTies();
    private final RoomHost host = new RoomHost();
    private final CrossingGuide guide = new CrossingGuide();
    private final Traveller traveller = new Traveller();
    private final Turn turn = new Turn();
    private final OtherLobbies otherLobbies = new OtherLobbies();
    private @Nullable Relay relay;
    private @Nullable WaitingRoom room;
    private @Nullable Crossing crossing;
    private @Nullable Journey journey;
    private @Nullable Wish wish;
    private @Nullable ServerWatch watch;
    private boolean mayGo;
    private Reason lostBecause = Reason.LOST;
    private long journeyBegan;
    /** When the player came to a server last, as {@link System#nanoTime}; 0: never since the first. */
    private long arrivedAt;
    private String arrivedOn = "";
    /** How often in a row the player's server has let them in and lost them at once. */
    private int falls;
    private int teleports;
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
    }

    // The beginnings.

    /** The player's login and the server's have both just succeeded. */
    public void begin(Backend backend, State state) {
        Rounds.begin(this, loop());
        attach(backend, Entrance.FRESH).begin(state);
    }

    /** The player's login has just succeeded, and there is no server yet. */
    public void beginWaiting(ServerSettings server, Reason reason) {
        Rounds.begin(this, loop());
        State state = wire.version().number() >= FIRST_WITH_CONFIGURATION ? State.CONFIGURATION : State.PLAY;
        wishFor(server, reason, "");
        otherLobbies.anyWillDo();
        enter(state).enterFromLogin();
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

    /** Takes the player to another server, because they asked for it. */
    void goTo(ServerSettings target) {
        say(Messages.switching(target.name()));
        if (room != null) {
            wishFor(target, Reason.DOWN, "");
            player.attachment(new Attachment.Waiting(target.name()));
        } else {
            travel(target);
        }
    }

    private Generation generation() {
        return context.generation();
    }

    private EventLoop loop() {
        return wire.channel().eventLoop();
    }

    private boolean inPlay() {
        return wire.sendState() == State.PLAY;
    }

    // On a server.

    private Relay attach(Backend backend, Entrance entrance) {
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
        context.addresses().joined(backend.address());
        player.attachment(new Attachment.Backend(backend.server(), backend.address()));
        return next;
    }

    /** Leaves the server that the player is on, if any. */
    private void detach() {
        Relay left = relay;
        if (left != null) {
            relay = null;
            context.addresses().left(left.backend().address());
            left.leave();
        }
    }

    // In the waiting room.

    private WaitingRoom enter(State serverbound) {
        var entered = new WaitingRoom(wire, serverbound, papers.profile(), client, traces, heartbeat, this::text, host);
        room = entered;
        crossing = null;
        showWish();
        return entered;
    }

    private void leaveRoom() {
        WaitingRoom left = room;
        if (left != null) {
            room = null;
            left.leave();
        }
    }

    private void wishFor(ServerSettings server, Reason reason, String lost) {
        falls = fellSoon(server) ? falls + 1 : 0;
        forgetWish();
        Wish made = new Wish(server, reason, System.nanoTime(), lost);
        wish = made;
        watch = context.watches().of(server.name());
        watch.join(turn, falls);
        log.info("player waits player={} server={} reason={}", name(), server.name(), reason.label());
    }

    /** Whether the player had only just come to this server, or was about to. */
    private boolean fellSoon(ServerSettings server) {
        return (
            arrivedAt != 0 && server.name().equals(arrivedOn) && System.nanoTime() - arrivedAt < SHORT_STAY.toNanos()
        );
    }

    private void arriving(Arrival arrival) {
        arrivedAt = System.nanoTime();
        arrivedOn = arrival.server().name();
    }

    private void forgetWish() {
        if (journey != null) {
            journey.abandon();
            journey = null;
        }
        if (watch != null) {
            watch.leave(turn);
            watch = null;
        }
        wish = null;
        mayGo = false;
        otherLobbies.forget();
    }

    private void showWish() {
        if (room != null && wish != null && watch != null) {
            int position = wish.reason() == Reason.FULL ? watch.position(turn) : 0;
            room.show(new Notice(wish.reason().words(wish.server().name(), watch.left(), position), watch.progress()));
        }
    }

    /** Once a second. */
    void secondPassed(long now) {
        long stallAfter = generation().configuration().waitingRoom().stallAfter().toSeconds();
        if (relay != null && crossing == null && relay.secondPassed(now, stallAfter)) {
            stalled(relay);
        }
        if (room != null && wire.isIn(room)) {
            room.secondPassed(now);
            otherLobbies.secondPassed();
            showWish();
        }
        if (crossing != null && wire.isIn(crossing)) {
            crossing.secondPassed(now);
        }
    }

    private void stalled(Relay silent) {
        ServerSettings server = generation().configuration().servers().get(server());
        if (server == null || room != null) {
            return;
        }
        log.info("server stalled player={} server={}", name(), server.name());
        wishFor(server, Reason.STALLED, "");
        enter(silent.serverbound()).freeze();
    }

    // On the way.

    /** It is this player's turn to try the server that they wait for. */
    private void go() {
        Wish now = wish;
        if (over || now == null || !mayGo || room == null || !room.isSettled() || crossing != null) {
            return;
        }
        mayGo = false;
        if (relay != null) {
            // It stalled, and its status is well again: most likely it speaks in a moment.
            loop().schedule(
                () -> {
                    if (relay != null && relay.isStalled() && now.equals(wish)) {
                        detach();
                        retry(now);
                    }
                },
                GRACE_FOR_STALLED.toMillis(),
                TimeUnit.MILLISECONDS
            );
        } else {
            retry(now);
        }
    }

    private void retry(Wish now) {
        context.metrics().retried(now.server().name());
        travel(now.server());
    }

    private void travel(ServerSettings named) {
        if (journey != null) {
            journey.abandon();
        }
        // As it is configured now: it may have moved.
        ServerSettings target = generation().configuration().servers().getOrDefault(named.name(), named);
        List<ServerAddress> candidates = context.addresses().candidates(target, wire.version().number());
        boolean takesIn = inPlay();
        var begun = new Journey(context, papers.errand(target, wire), client, takesIn, traveller);
        journey = begun;
        journeyBegan = System.nanoTime();
        if (candidates.isEmpty()) {
            String welcome = generation().versions().describe(target.versions());
            traveller.turnedBack(
                begun,
                new Approach.Rejection("wrong_version", Messages.wrongVersion(target.name(), welcome), false)
            );
            return;
        }
        begun.begin(generation().dialer(), loop(), candidates);
    }

    /** How the journeys end. */
    private final class Traveller implements Journey.Traveller {

        @Override
        public void arrived(Journey ended, Arrival arrival) {
            if (over || ended != journey) {
                ended.abandon();
                return;
            }
            cross(ended, arrival);
        }

        @Override
        public void turnedBack(Journey ended, Approach.Rejection rejection) {
            if (ended == journey) {
                journey = null;
                context.metrics().switched(rejection.label(), Duration.ofNanos(System.nanoTime() - journeyBegan));
                if (room == null) {
                    log.info(
                        "switch failed player={} server={} reason={}",
                        name(),
                        ended.server().name(),
                        rejection.label()
                    );
                    say(Messages.switchFailed(ended.server().name(), rejection.words()));
                } else {
                    waitOn(ended.server(), rejection);
                }
            }
        }

        @Override
        public void serverLeft(Journey ended) {
            if (over || ended != journey) {
                return;
            }
            Crossing under = crossing;
            if (under == null || !under.isBegun()) {
                turnedBack(ended, new Approach.Rejection("closed", Messages.hungUp(ended.server().name()), true));
                return;
            }
            journey = null;
            // The client has left its world already: it waits in another one.
            crossing = null;
            wishFor(ended.server(), Reason.STARTING, "");
            player.attachment(new Attachment.Waiting(ended.server().name()));
            enter(under.serverbound()).enterWorld();
        }
    }

    private void waitOn(ServerSettings server, Approach.Rejection rejection) {
        Wish before = wish;
        Reason reason = before == null ? Reason.DOWN : before.reason();
        if (rejection.spoken() && rejection.words() instanceof Quote(Text goodbye)) {
            KickRules.Verdict verdict = server.kicks().verdict(goodbye);
            if (!verdict.waits()) {
                log.info("server refused player={} server={} words=\"{}\"", name(), server.name(), goodbye.words());
                Player.say(wire, goodbye);
                return;
            }
            reason = Reason.of(verdict);
        } else if (!rejection.mayPass()) {
            Player.say(wire, text(rejection.words()));
            return;
        } else if (reason == Reason.STALLED || (rejection.reached() && reason == Reason.DOWN)) {
            reason = rejection.reached() ? Reason.STARTING : Reason.LOST;
        }
        if (before != null) {
            wish = before.because(reason);
        }
        if (watch != null) {
            watch.ended(turn, rejection.reached());
        }
        showWish();
    }

    /** The server waits: the client is taken there in the way that disturbs it least. */
    private void cross(Journey ended, Arrival arrival) {
        Intake.Configuration told = arrival.configuration();
        if (told == null) {
            if (wire.version().number() >= FIRST_WITH_CONFIGURATION) {
                introduce(arrival.backend());
                arrive(arrival, State.CONFIGURATION, Entrance.FRESH, false);
            } else {
                over(arrival);
            }
        } else if (told.finished() && traces.inWorld() && traces.configuration().isSameAs(digest(told))) {
            for (Intake.Taken packet : told.packets()) {
                if (!HeldConfiguration.concerns(packet.name())) {
                    Crossing.sendTaken(wire, packet, State.PLAY);
                }
            }
            arrival.backend().wire().send(new FinishConfigurationAck());
            over(arrival);
        } else if (Crossing.tooEarly(wire, traces)) {
            loop().schedule(
                () -> {
                    if (journey == ended && !over) {
                        cross(ended, arrival);
                    }
                },
                Crossing.untilNextLook().toMillis(),
                TimeUnit.MILLISECONDS
            );
        } else {
            detach();
            leaveRoom();
            arriving(arrival);
            crossing = new Crossing(wire, arrival, told, client, traces, heartbeat, guide);
            crossing.begin();
        }
    }

    private static byte[] digest(Intake.Configuration told) {
        MessageDigest digest = HeldConfiguration.sha256();
        told.packets().forEach(packet -> HeldConfiguration.update(digest, packet.name(), packet.body().toBuffer()));
        return digest.digest();
    }

    /** To a client that has said this to somebody else, or to nobody. */
    private void introduce(Backend backend) {
        backend.wire().send(new LoginAcknowledged());
        backend.wire().sendState(State.CONFIGURATION);
        tellOfClient(backend);
    }

    /** What the client says once only. */
    private void tellOfClient(Backend backend) {
        client.brand().ifPresent(backend.wire()::send);
        client.settings().ifPresent(backend.wire()::send);
        client.registrations(wire.version().number() >= FIRST_WITH_NAMESPACES).forEach(backend.wire()::send);
    }

    /** Without leaving the game: from world to world, as after a death. */
    private void over(Arrival arrival) {
        boolean inWorld = traces.inWorld();
        detach();
        leaveRoom();
        traces.clear(wire);
        traces.dropPacks(wire);
        arrive(arrival, State.PLAY, inWorld ? Entrance.OVER : Entrance.FRESH, false);
    }

    private void arrive(Arrival arrival, State state, Entrance entrance, boolean packsAreSettled) {
        detach();
        leaveRoom();
        crossing = null;
        journey = null;
        arriving(arrival);
        Relay next = attach(arrival.backend(), entrance);
        if (packsAreSettled) {
            next.packsAreSettled();
        }
        next.begin(state);
    }

    // The end.

    private String name() {
        return papers.profile().name();
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        Rounds.end(this);
        if (wish != null) {
            recordWait(wish);
        }
        forgetWish();
        if (crossing != null) {
            crossing.arrival().backend().wire().close();
        }
        detach();
        context.players().remove(player);
        context.metrics().connection("played");
        log.info("player left player={} server={} address={}", name(), server(), wire.peerText());
    }

    private void recordWait(Wish ended) {
        String form = room == null ? WaitingRoom.Form.WORLD.label() : room.form().label();
        context.metrics().waited(ended.reason().label(), form, Duration.ofNanos(System.nanoTime() - ended.since()));
    }

    private boolean allowed(int packets, int bytes) {
        if (ration.allows(packets, bytes)) {
            return true;
        }
        dismiss(Messages.tooManyPackets());
        return false;
    }

    private void dismiss(Message words) {
        Player.say(wire, text(words));
        detach();
    }

    private void garbled(BadPacketException reason) {
        context.metrics().rejected(reason.reason());
        peerLog.info(
            "player refused player={} address={} reason={} detail=\"{}\"",
            name(),
            wire.peerText(),
            reason.reason(),
            reason.getMessage()
        );
        dismiss(Messages.garbled());
    }

    private void lost(String reason) {
        context.metrics().rejected(reason);
        peerLog.info("player lost player={} server={} address={} reason={}", name(), server(), wire.peerText(), reason);
        wire.close();
    }

    /** What the relay tells. */
    private final class RelayTies implements Ties {

        @Override
        public boolean allows(int packets, int bytes) {
            return allowed(packets, bytes);
        }

        @Override
        public boolean keeps(Text goodbye) {
            ServerSettings server = generation().configuration().servers().get(server());
            KickRules.Verdict verdict = server == null ? KickRules.Verdict.KICK : server.kicks().verdict(goodbye);
            lostBecause = verdict.waits() ? Reason.of(verdict) : Reason.LOST;
            return verdict.waits() && !context.isStopping();
        }

        @Override
        public void serverGone(String how) {
            Relay gone = relay;
            Reason reason = lostBecause;
            lostBecause = Reason.LOST;
            ServerSettings server = generation().configuration().servers().get(server());
            if (gone == null || server == null || context.isStopping()) {
                dismiss(context.isStopping() ? Messages.proxyStopping() : Messages.serverClosed(server()));
                return;
            }
            detach();
            if (room != null) {
                // It had stalled before: the player is in the room already.
                retryAfterStall(server, reason);
                return;
            }
            ServerSettings lobby = refuge(server);
            wishFor(lobby == null ? server : lobby, reason, lobby == null ? "" : server.name());
            if (lobby != null) {
                otherLobbies.anyWillDo();
            }
            player.attachment(new Attachment.Waiting(wish == null ? server.name() : wish.server().name()));
            boolean seesWorld = gone.clientbound() == State.PLAY && gone.serverbound() == State.PLAY && traces.placed();
            WaitingRoom next = enter(gone.serverbound());
            if (seesWorld || (client.negotiatesContent() && inPlay() && traces.inWorld())) {
                next.freeze();
            } else {
                next.enterWorld();
            }
        }

        private void retryAfterStall(ServerSettings server, Reason reason) {
            wishFor(server, reason, "");
            player.attachment(new Attachment.Waiting(server.name()));
            showWish();
        }

        /** The lobby to which players of this server go when it is away; null if they wait. */
        private @Nullable ServerSettings refuge(ServerSettings server) {
            NetworkSettings network = network();
            if (network == null || network.fallback() != NetworkSettings.Fallback.LOBBY) {
                return null;
            }
            return new Lobbies(context.addresses())
                .order(network, wire.version().number())
                .stream()
                .filter(lobby -> !lobby.name().equals(server.name()))
                .findFirst()
                .orElse(null);
        }

        @Override
        public void serverSpeaks() {
            if (relay != null && room != null) {
                Wish ended = wish;
                if (ended != null) {
                    recordWait(ended);
                }
                log.info("server speaks again player={} server={}", name(), server());
                forgetWish();
                leaveRoom();
                relay.resume();
            }
        }

        @Override
        public void playerGone() {
            end();
        }

        @Override
        public void joined() {
            Wish fulfilled = wish;
            if (journeyBegan != 0) {
                if (relay != null && wire.version().number() < FIRST_WITH_CONFIGURATION) {
                    tellOfClient(relay.backend());
                    relay.backend().wire().flush();
                }
                context.metrics().switched("ok", Duration.ofNanos(System.nanoTime() - journeyBegan));
                journeyBegan = 0;
            }
            if (fulfilled != null) {
                recordWait(fulfilled);
                forgetWish();
                boolean waited = System.nanoTime() - fulfilled.since() > A_WHILE.toNanos();
                if (!fulfilled.lost().isEmpty()) {
                    context.metrics().fellBack(fulfilled.lost());
                    loop().execute(() -> say(Messages.fellBackToLobby(fulfilled.lost(), fulfilled.server().name())));
                } else if (waited) {
                    loop().execute(() -> say(Messages.welcomeBack(fulfilled.server().name())));
                }
            }
        }

        @Override
        public void dismiss(Message words) {
            Session.this.dismiss(words);
        }

        @Override
        public boolean command(Packet packet) {
            return commands.take(packet, relay);
        }

        @Override
        public boolean complete(TabComplete request) {
            return commands.complete(request);
        }

        @Override
        public DeclareCommands withOwnCommands(DeclareCommands theirs) {
            return commands.addedTo(theirs);
        }

        @Override
        public boolean hasCommands() {
            return papers.network() != null;
        }

        @Override
        public boolean isOwnTeleport(int id) {
            return id >= FIRST_TELEPORT && id < FIRST_TELEPORT + TELEPORTS;
        }
    }

    /** What the waiting room tells. */
    private final class RoomHost implements Host {

        @Override
        public void settled() {
            go();
        }

        @Override
        public void said(Packet packet) {
            commands.take(packet, null);
        }

        @Override
        public void completes(TabComplete request) {
            commands.complete(request);
        }

        @Override
        public Optional<DeclareCommands> commands() {
            return commands.alone();
        }

        @Override
        public void answered(long keepAlive) {
            // of a server that is gone
        }

        @Override
        public int nextTeleport() {
            return FIRST_TELEPORT + (teleports++ % TELEPORTS);
        }

        @Override
        public boolean allows(int packets, int bytes) {
            return allowed(packets, bytes);
        }

        @Override
        public void refused(BadPacketException reason) {
            garbled(reason);
        }

        @Override
        public void silent() {
            lost(wire.channel().isWritable() ? "silent" : "slow_reader");
        }

        @Override
        public void stuck() {
            lost("stuck");
        }

        @Override
        public void gone() {
            end();
        }
    }

    /** How the way across ends. */
    private final class CrossingGuide implements Crossing.Guide {

        @Override
        public void across(Arrival arrival, State state, boolean packsAreSettled) {
            arrive(arrival, state, Entrance.FRESH, packsAreSettled);
        }

        @Override
        public void stuck() {
            lost("stuck");
        }

        @Override
        public boolean allows(int packets, int bytes) {
            return allowed(packets, bytes);
        }

        @Override
        public void refused(BadPacketException reason) {
            garbled(reason);
        }

        @Override
        public void silent() {
            lost(wire.channel().isWritable() ? "silent" : "slow_reader");
        }

        @Override
        public void gone() {
            end();
        }
    }

    /** What the watch over the server tells, on other threads. */
    private final class Turn implements ServerWatch.Waiter {

        @Override
        public int protocol() {
            return wire.version().number();
        }

        @Override
        public boolean onlyWhenCertain() {
            Wish now = wish;
            return now != null && now.reason() == Reason.STALLED;
        }

        @Override
        public void mayGo() {
            loop().execute(() -> {
                mayGo = true;
                go();
            });
        }

        @Override
        public void serverRemoved() {
            loop().execute(() -> {
                if (wish != null && generation().configuration().servers().get(wish.server().name()) == null) {
                    dismiss(Messages.serverClosed(wish.server().name()));
                }
            });
        }
    }

    /** The lobbies of the network beside the one that the player waits for, where any of them will do. */
    private final class OtherLobbies {

        private final Map<ServerSettings, ServerWatch.Waiter> waiters = new LinkedHashMap<>();
        private boolean any;

        /** The player is content with whichever lobby is there first; until the wish is forgotten. */
        void anyWillDo() {
            any = network() != null;
        }

        void forget() {
            any = false;
            waiters.forEach((lobby, waiter) -> context.watches().of(lobby.name()).leave(waiter));
            waiters.clear();
        }

        /** The best one has had its chance: from now on the others are looked out for as well. */
        void secondPassed() {
            NetworkSettings network = network();
            Wish now = wish;
            if (!any || !waiters.isEmpty() || network == null || now == null) {
                return;
            }
            if (System.nanoTime() - now.since() > A_WHILE.toNanos() / 2) {
                for (ServerSettings lobby : new Lobbies(context.addresses()).order(network, wire.version().number())) {
                    boolean own = lobby.name().equals(now.server().name()) || lobby.name().equals(now.lost());
                    if (!own && !lobby.passthrough()) {
                        var waiter = new OtherTurn(lobby);
                        waiters.put(lobby, waiter);
                        context.watches().of(lobby.name()).join(waiter, 0);
                    }
                }
            }
        }

        /** This one is there, and the player waits for another one: they wait for this one instead, in its queue. */
        private void isThere(ServerSettings lobby, ServerWatch.Waiter waiter) {
            Wish now = wish;
            if (over || now == null || !waiter.equals(waiters.get(lobby))) {
                return;
            }
            if (journey != null && System.nanoTime() - journeyBegan < A_WHILE.toNanos()) {
                // They may be about to get in.
                context.watches().of(lobby.name()).ended(waiter, true);
                return;
            }
            wishFor(lobby, now.reason(), now.lost());
            wish = new Wish(lobby, now.reason(), now.since(), now.lost());
            any = true;
            player.attachment(new Attachment.Waiting(lobby.name()));
            showWish();
        }

        /** A place in the queue of another lobby. */
        private final class OtherTurn implements ServerWatch.Waiter {

            private final ServerSettings lobby;

            OtherTurn(ServerSettings lobby) {
                this.lobby = lobby;
            }

            @Override
            public int protocol() {
                return wire.version().number();
            }

            @Override
            public boolean onlyWhenCertain() {
                return true;
            }

            @Override
            public void mayGo() {
                loop().execute(() -> isThere(lobby, this));
            }

            @Override
            public void serverRemoved() {
                loop().execute(() -> context.watches().of(lobby.name()).leave(this));
            }
        }
    }
}
