package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.ChatAck;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.metrics.RelayCounters;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.player.Heartbeat;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.wire.Wire;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A player and a server, joined, until one of them goes. Both connections live on one event loop, so nothing here is
 * ever done by two threads.
 */
public final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** A stalled server that has been silent for this long is not waited for: a new one may be in its place by now. */
    private static final int LONGEST_STALL_SECONDS = 120;

    private final Player player;
    private final Backend backend;
    private final Ties ties;
    private final Traces traces;
    private final Heartbeat heartbeat;
    private final ProxyMetrics metrics;
    private final RelayCounters counters;
    private final KeepAlives keepAlives = new KeepAlives();
    private final ServerPackets serverPackets;
    private final PlayerPackets playerPackets;
    private final Entrance entrance;
    private @Nullable FromPlayer fromPlayer;
    private @Nullable FromServer fromServer;
    private boolean over;
    private boolean goodbyeSaid;
    private boolean stalled;
    private boolean spoke = true;
    private int silentSeconds;

    /**
     * @param client what the client says of itself is remembered there
     * @param traces what the server leaves with the client is remembered there
     * @param counters of the event loop that both connections live on
     */
    public Relay(
        Player player,
        Backend backend,
        Ties ties,
        Client client,
        Traces traces,
        Heartbeat heartbeat,
        ProxyMetrics metrics,
        RelayCounters counters,
        Entrance entrance
    ) {
        this.player = player;
        this.backend = backend;
        this.ties = ties;
        this.traces = traces;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
        this.counters = counters;
        this.entrance = entrance;
        var transit = new Transit(entrance, backend.wire().version().number());
        this.serverPackets = new ServerPackets(player, backend, ties, traces, keepAlives, heartbeat, entrance, transit);
        this.playerPackets = new PlayerPackets(backend, ties, client, traces, keepAlives, heartbeat, transit);
    }

    /**
     * Takes over both connections.
     *
     * @param state of both, in both directions
     */
    public void begin(State state) {
        Wire playerWire = player.wire();
        playerWire.sendState(state);
        backend.wire().sendState(state);
        var mine = new FromPlayer(state, counters);
        var theirs = new FromServer(state, counters);
        fromPlayer = mine;
        fromServer = theirs;
        playerWire.phase(mine);
        backend.wire().phase(theirs);
        backend.wire().otherSideHasRoom(playerWire.channel().isWritable());
        backend.wire().offerPending();
        playerWire.flush();
        backend.wire().flush();
    }

    /** The client answers an offer of packs that has been answered for it: the server must not hear it again. */
    public void packsAreSettled() {
        playerPackets.packsAreSettled();
    }

    public Backend backend() {
        return backend;
    }

    /** The state of the packets that the server sends to the player. */
    public State clientbound() {
        return fromServer == null ? State.LOGIN : fromServer.state();
    }

    /** The state of the packets that the player sends. */
    public State serverbound() {
        return fromPlayer == null ? State.LOGIN : fromPlayer.state();
    }

    /** Whether the server has been silent for so long that it is taken for stalled. */
    public boolean isStalled() {
        return stalled;
    }

    /**
     * Once a second: keeps the client's connection alive, and looks whether the server still speaks.
     *
     * @param stallAfter seconds of silence after which the server counts as stalled; 0 for never
     * @return whether the server has just stalled
     */
    public boolean secondPassed(long now, long stallAfter) {
        if (playerListens()) {
            if (clientbound() == State.PLAY && traces.packsOfOthersAreDue()) {
                traces.dropPacksOfOthers(player.wire());
                player.wire().flush();
            }
            if (heartbeat.beatIfDue(now)) {
                player.wire().flush();
            }
        }
        boolean reading = backend.wire().channel().config().isAutoRead();
        if (spoke || !reading || over || goodbyeSaid) {
            spoke = false;
            silentSeconds = 0;
            return false;
        }
        silentSeconds++;
        if (stallAfter == 0 || stalled || !traces.placed()) {
            return false;
        }
        if (silentSeconds == stallAfter - stallAfter / 3) {
            // A quiet place may have nothing to say: whoever is there answers this.
            playerPackets.poke();
        }
        stalled = silentSeconds >= stallAfter;
        return stalled;
    }

    /** The player hears the server again: what it says goes on from here. */
    public void resume() {
        stalled = false;
        if (fromPlayer != null) {
            traces.reopenBundle(player.wire());
            player.wire().phase(fromPlayer);
            backend.wire().otherSideHasRoom(player.wire().channel().isWritable());
        }
    }

    /** The player answers a keep-alive while somebody else has the connection: the server may have asked just before. */
    public void answered(long id) {
        if (keepAlives.answered(id)) {
            backend.wire().send(new KeepAlive(id));
            backend.wire().flush();
        }
    }

    /** The player has seen so many of the server's messages, and says so while somebody else has the connection. */
    public void saw(int messages) {
        if (messages > 0 && !over) {
            backend.wire().send(new ChatAck(messages, List.of(), Optional.empty()));
            backend.wire().flush();
        }
    }

    /** Leaves the server without a word to the player. The player's connection must get another phase. */
    public void leave() {
        over = true;
        backend.wire().close();
    }

    /** The player has told goodbye, or been told, while somebody else had the connection. */
    public void playerGone() {
        if (!over) {
            over = true;
            backend.wire().close();
            ties.gone();
        }
    }

    private boolean playerListens() {
        return fromPlayer != null && player.wire().isIn(fromPlayer);
    }

    /** The server's end of the relay. */
    private final class FromServer extends RelaySide {

        /** The server has said goodbye to a player who stays; what comes behind that is for nobody. */
        private boolean leaving;

        FromServer(State state, RelayCounters counters) {
            super(backend.wire(), player.wire(), state, MAX_CLIENTBOUND, counters);
        }

        @Override
        boolean isOver() {
            return leaving;
        }

        @Override
        boolean noted(Interest interest) {
            if (interest == Interest.BUNDLE_DELIMITER) {
                traces.bundle();
                return true;
            }
            return false;
        }

        @Override
        Verdict inspect(Interest interest, ByteBuf payload) {
            return switch (interest) {
                case DISCONNECT -> goodbye(payload);
                case START_CONFIGURATION -> {
                    traces.leftPlay();
                    traces.configuration().passBegins();
                    yield turn(State.CONFIGURATION);
                }
                case FINISH_CONFIGURATION -> {
                    traces.configuration().passEnds();
                    yield turn(State.PLAY);
                }
                case JOIN_GAME -> {
                    Verdict verdict = serverPackets.inspect(interest, payload, from, to);
                    playerPackets.tellUnheard();
                    yield verdict;
                }
                default -> serverPackets.inspect(interest, payload, from, to);
            };
        }

        private Verdict goodbye(ByteBuf payload) {
            var reason = PacketCodec.decode(from.version(), Disconnect.TYPE, payload.duplicate()).reason();
            if (ties.keeps(reason)) {
                leaving = true;
                return Verdict.TAKEN;
            }
            goodbyeSaid = true;
            log.info("server kicked player={} server={}", player.profile().name(), backend.server());
            return Verdict.FORWARD;
        }

        private Verdict turn(State next) {
            state(next);
            return Verdict.FORWARD;
        }

        @Override
        public void silent(Wire wire) {
            if (stalled && silentSeconds < LONGEST_STALL_SECONDS && wire.channel().isWritable()) {
                // The player waits already, and whoever looks out for the server knows when it is well again.
                return;
            }
            lost("silent");
            wire.close();
        }

        @Override
        public void refused(Wire wire, BadPacketException reason) {
            metrics.rejected(reason.reason());
            log.warn(
                "server sent nonsense server={} player={} reason={} detail=\"{}\"",
                backend.server(),
                player.profile().name(),
                reason.reason(),
                reason.getMessage()
            );
            lost(reason.reason());
            wire.close();
        }

        /** The player has been told goodbye in another way: nothing may come behind that. */
        @Override
        public void bytes(ByteBuf in) {
            spoke = true;
            if (stalled) {
                ties.serverSpeaks();
            }
            if (playerListens()) {
                super.bytes(in);
                if (leaving) {
                    // Only now: what came before the goodbye must be with the player before anything else is.
                    lost("said_goodbye");
                }
            } else {
                in.skipBytes(in.readableBytes());
            }
        }

        @Override
        public void closed() {
            if (over || (!stalled && !playerListens())) {
                return;
            }
            if (goodbyeSaid) {
                player.wire().hangUp();
            } else {
                lost("closed");
            }
        }

        private void lost(String how) {
            if (!over && !goodbyeSaid) {
                over = true;
                backend.wire().close();
                log.info("server lost player={} server={} how={}", player.profile().name(), backend.server(), how);
                ties.serverGone(how);
            }
        }
    }

    /** The player's end of the relay. */
    private final class FromPlayer extends RelaySide {

        FromPlayer(State state, RelayCounters counters) {
            super(player.wire(), backend.wire(), state, MAX_SERVERBOUND, counters);
        }

        @Override
        boolean allows(int arrived, int size) {
            return ties.allows(arrived, size);
        }

        @Override
        boolean isMuted() {
            return entrance == Entrance.OVER && !serverPackets.hasJoined();
        }

        @Override
        Verdict inspect(Interest interest, ByteBuf payload) {
            return switch (interest) {
                case CONFIGURATION_ACK -> turn(State.CONFIGURATION);
                case FINISH_CONFIGURATION_ACK -> turn(State.PLAY);
                default -> playerPackets.inspect(interest, payload, from);
            };
        }

        private Verdict turn(State next) {
            state(next);
            return Verdict.FORWARD;
        }

        @Override
        public void silent(Wire wire) {
            ties.silent();
        }

        @Override
        public void refused(Wire wire, BadPacketException reason) {
            ties.refused(reason);
            backend.wire().close();
        }

        @Override
        public void closed() {
            playerGone();
        }
    }
}
