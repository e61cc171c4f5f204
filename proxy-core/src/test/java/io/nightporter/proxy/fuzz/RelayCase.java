package io.nightporter.proxy.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.config.Limits;
import io.nightporter.proxy.limits.Ration;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.player.Heartbeat;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.relay.Entrance;
import io.nightporter.proxy.relay.LoneTies;
import io.nightporter.proxy.relay.Relay;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A relay with both ends in the hands of chance, without sockets: many states in a short time. */
final class RelayCase {

    private static final Limits NO_LIMITS = new Limits(0, 0, 0, 0, 0, 0, List.of());

    private static final List<Integer> THRESHOLDS = List.of(-1, 0, 64, 256, 1 << 20);
    private static final ProxyMetrics METRICS = new ProxyMetrics("fuzz");
    private static final int EXCHANGES = 20;

    private final Dice dice;
    private final ProtocolVersion version;
    private final State state;
    private final EmbeddedChannel playerChannel = new EmbeddedChannel();
    private final EmbeddedChannel serverChannel = new EmbeddedChannel();
    /** At the player's end; null: the connection is not encrypted. */
    private @Nullable Cfb8 encryption;

    RelayCase(Dice dice, ProtocolVersion version) {
        this.dice = dice;
        this.version = version;
        this.state =
            version.number() >= Guest.FIRST_WITH_CONFIGURATION && dice.oneIn(2) ? State.CONFIGURATION : State.PLAY;
    }

    void run() {
        try {
            Wire player = wire(playerChannel, Direction.CLIENTBOUND);
            Wire server = wire(serverChannel, Direction.SERVERBOUND);
            if (dice.oneIn(2)) {
                byte[] secret = dice.bytes(16);
                player.encrypt(secret);
                encryption = Cfb8.encryption(secret);
            }
            if (dice.oneIn(2)) {
                server.threshold(player.threshold());
            }
            var address = new ServerAddress(new HostAndPort("127.0.0.1", 25_565), VersionRange.ALL);
            var somebody = new Player(
                new GameProfile(new UUID(1, 2), "Somebody", List.of()),
                player,
                player.peer(),
                new Attachment.Backend("house", address)
            );
            var backend = new Backend("house", address, server, dice.oneIn(2));
            new Relay(
                somebody,
                backend,
                new LoneTies(somebody, new Ration(player, "Somebody", METRICS, NO_LIMITS)),
                new Client(),
                new Traces(),
                new Heartbeat(player),
                METRICS,
                METRICS.relayCounters(),
                dice.oneIn(2) ? Entrance.FRESH : Entrance.OVER
            ).begin(state);
            boolean hostilePlayer = dice.oneIn(2);
            for (int i = 0; i < EXCHANGES && playerChannel.isOpen() && serverChannel.isOpen(); i++) {
                if (hostilePlayer) {
                    say(playerChannel, player);
                } else {
                    say(serverChannel, server);
                }
                forget(playerChannel);
                forget(serverChannel);
            }
        } finally {
            playerChannel.close();
            serverChannel.close();
            playerChannel.finishAndReleaseAll();
            serverChannel.finishAndReleaseAll();
        }
    }

    private Wire wire(EmbeddedChannel channel, Direction sends) {
        Wire wire = new Wire(channel, sends);
        wire.version(version);
        wire.peer(InetSocketAddress.createUnresolved("127.0.0.1", 4711));
        wire.threshold(dice.one(THRESHOLDS));
        channel.pipeline().addLast(wire);
        return wire;
    }

    private void say(EmbeddedChannel channel, Wire wire) {
        State said = dice.oneIn(6) ? dice.one(List.of(State.values())) : state;
        byte[] stream = new Malice(dice, version, said, wire.receives(), wire.threshold()).stream();
        if (encryption != null && channel.equals(playerChannel)) {
            encryption.apply(Unpooled.wrappedBuffer(stream));
        }
        int longest = dice.oneIn(3) ? 5 : stream.length;
        for (int i = 0; i < stream.length && channel.isOpen(); ) {
            int n = Math.min(stream.length - i, 1 + dice.of(longest));
            if (longest == 5 && i > 400) {
                n = stream.length - i;
            }
            // Direct and heap buffers take other ways through zlib and cipher.
            ByteBuf piece = dice.oneIn(2) ? channel.alloc().buffer(n) : Unpooled.buffer(n);
            channel.writeInbound(piece.writeBytes(stream, i, n));
            i += n;
        }
    }

    private static void forget(EmbeddedChannel channel) {
        channel.runPendingTasks();
        channel.releaseOutbound();
    }
}
