package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.config.Limits;
import io.nightporter.proxy.limits.Allowance;
import io.nightporter.proxy.limits.PeerLog;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.metrics.RelayCounters;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Phrasebook;
import io.nightporter.proxy.wire.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A player and a server, joined: from the player's login success until one of them goes. Both connections live on one
 * event loop, so nothing here is ever done by two threads.
 */
public final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final PeerLog peerLog = PeerLog.of(Relay.class);

    private final Player player;
    private final Backend backend;
    private final ProxyMetrics metrics;
    private final RelayCounters counters;
    private final KeepAlives keepAlives = new KeepAlives();
    private final Runnable ended;
    private final Limits limits;
    private final Phrasebook phrases;
    private @Nullable FromPlayer fromPlayer;
    private boolean over;
    private boolean goodbyeSaid;

    /**
     * @param counters of the event loop that both connections live on
     * @param limits what a player may send
     * @param phrases for what the player is told
     * @param ended called once, when the player has left
     */
    public Relay(
        Player player,
        Backend backend,
        ProxyMetrics metrics,
        RelayCounters counters,
        Limits limits,
        Phrasebook phrases,
        Runnable ended
    ) {
        this.player = player;
        this.backend = backend;
        this.metrics = metrics;
        this.counters = counters;
        this.limits = limits;
        this.phrases = phrases;
        this.ended = ended;
    }

    /**
     * Takes over both connections.
     *
     * @param state configuration from 1.20.2 on, play before
     */
    public void begin(State state) {
        Wire playerWire = player.wire();
        playerWire.sendState(state);
        backend.wire().sendState(state);
        fromPlayer = new FromPlayer(state, counters);
        playerWire.phase(fromPlayer);
        backend.wire().phase(new FromServer(state, counters));
    }

    private boolean playerListens() {
        return fromPlayer != null && player.wire().isIn(fromPlayer);
    }

    private void goodbye(Message message) {
        Player.say(player.wire(), phrases.text(message, null));
    }

    /** The server's end of the relay. */
    private final class FromServer extends RelaySide {

        private final ServerPackets packets = new ServerPackets(player, keepAlives);

        FromServer(State state, RelayCounters counters) {
            super(backend.wire(), player.wire(), state, MAX_CLIENTBOUND, counters);
        }

        @Override
        Verdict inspect(Interest interest, ByteBuf payload) {
            return switch (interest) {
                case KEEP_ALIVE -> packets.keepAlive(payload, from);
                case PLUGIN_MESSAGE -> packets.brand(payload, from);
                case JOIN_GAME -> packets.joinGame(payload, from, to);
                case SET_COMPRESSION_PLAY -> packets.compression(payload, from);
                case DISCONNECT -> {
                    goodbyeSaid = true;
                    log.info("server kicked player={} server={}", player.profile().name(), backend.server());
                    yield Verdict.FORWARD;
                }
                case START_CONFIGURATION -> turn(State.CONFIGURATION);
                case FINISH_CONFIGURATION -> turn(State.PLAY);
                case CONFIGURATION_ACK, FINISH_CONFIGURATION_ACK, CHAT_SESSION -> Verdict.FORWARD;
            };
        }

        private Verdict turn(State next) {
            state(next);
            return Verdict.FORWARD;
        }

        @Override
        public void silent(Wire wire) {
            if (wire.channel().isWritable()) {
                lost("silent");
            }
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
            if (playerListens()) {
                super.bytes(in);
            } else {
                in.skipBytes(in.readableBytes());
            }
        }

        @Override
        public void closed() {
            if (!playerListens()) {
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
                goodbyeSaid = true;
                log.info("server lost player={} server={} how={}", player.profile().name(), backend.server(), how);
                goodbye(Messages.serverClosed(backend.server()));
            }
        }
    }

    /** The player's end of the relay. */
    private final class FromPlayer extends RelaySide {

        private final Allowance packets;
        private final Allowance bytes;

        FromPlayer(State state, RelayCounters counters) {
            super(player.wire(), backend.wire(), state, MAX_SERVERBOUND, counters);
            long now = System.nanoTime();
            packets = new Allowance(limits.packetsPerSecond(), now);
            bytes = new Allowance(limits.bytesPerSecond(), now);
        }

        /** Too many packets keep a server busy and end the game; too many bytes just have to wait. */
        @Override
        boolean allows(int arrived, int size) {
            if (packets.overdrawnBy(arrived) && !packets.settle(System.nanoTime())) {
                metrics.rejected("packet_rate");
                peerLog.info(
                    "player refused player={} address={} reason=packet_rate limit={}",
                    player.profile().name(),
                    player.wire().peerText(),
                    limits.packetsPerSecond()
                );
                goodbye(Messages.tooManyPackets());
                backend.wire().close();
                return false;
            }
            if (bytes.overdrawnBy(size) && !bytes.settle(System.nanoTime())) {
                metrics.throttled();
                from.pauseFor(bytes.debt());
            }
            return true;
        }

        @Override
        Verdict inspect(Interest interest, ByteBuf payload) {
            return switch (interest) {
                case KEEP_ALIVE -> keepAlives.answered(payload, from) ? Verdict.FORWARD : Verdict.TAKEN;
                case CHAT_SESSION -> backend.knowsIdentity() ? Verdict.FORWARD : Verdict.TAKEN;
                case CONFIGURATION_ACK -> turn(State.CONFIGURATION);
                case FINISH_CONFIGURATION_ACK -> turn(State.PLAY);
                case
                    PLUGIN_MESSAGE,
                    JOIN_GAME,
                    DISCONNECT,
                    START_CONFIGURATION,
                    FINISH_CONFIGURATION,
                    SET_COMPRESSION_PLAY -> Verdict.FORWARD;
            };
        }

        private Verdict turn(State next) {
            state(next);
            return Verdict.FORWARD;
        }

        @Override
        public void silent(Wire wire) {
            String reason = wire.channel().isWritable() ? "silent" : "slow_reader";
            metrics.rejected(reason);
            peerLog.info(
                "player lost player={} server={} address={} reason={}",
                player.profile().name(),
                backend.server(),
                wire.peerText(),
                reason
            );
            wire.close();
        }

        @Override
        public void refused(Wire wire, BadPacketException reason) {
            metrics.rejected(reason.reason());
            peerLog.info(
                "player refused player={} address={} reason={} detail=\"{}\"",
                player.profile().name(),
                player.wire().peerText(),
                reason.reason(),
                reason.getMessage()
            );
            goodbye(Messages.garbled());
            backend.wire().close();
        }

        @Override
        public void closed() {
            if (!over) {
                over = true;
                backend.wire().close();
                ended.run();
            }
        }
    }
}
