package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
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
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A relay between two connections whose other ends are in the test's hands. */
final class RelayRig implements AutoCloseable {

    private static final byte[] SECRET = new byte[16];

    private final ProtocolVersion version;
    private final ProxyMetrics metrics = new ProxyMetrics("test");
    private final End player;
    private final End server;
    private final LoneTies ties;
    private final Traces traces = new Traces();
    private final Relay relay;

    RelayRig(int protocol, State state, int serverThreshold, int playerThreshold, boolean encrypted) {
        this(protocol, state, serverThreshold, playerThreshold, encrypted, 0, 0, Entrance.FRESH);
    }

    /** A relay for a player who stays when the server goes, and who is in another world already. */
    static RelayRig staying(int protocol, Entrance entrance) {
        var rig = new RelayRig(protocol, State.PLAY, -1, -1, false, 0, 0, entrance);
        rig.ties.keepPlayers();
        return rig;
    }

    /** A relay for a player who may only send so much a second. */
    static RelayRig limited(int protocol, int packetsPerSecond, long bytesPerSecond) {
        return new RelayRig(protocol, State.PLAY, -1, -1, false, packetsPerSecond, bytesPerSecond, Entrance.FRESH);
    }

    private RelayRig(
        int protocol,
        State state,
        int serverThreshold,
        int playerThreshold,
        boolean encrypted,
        int packetsPerSecond,
        long bytesPerSecond,
        Entrance entrance
    ) {
        version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        player = new End(Direction.CLIENTBOUND, state, playerThreshold, encrypted);
        server = new End(Direction.SERVERBOUND, state, serverThreshold, false);
        var address = new ServerAddress(new HostAndPort("127.0.0.1", 25_565), VersionRange.ALL);
        var somebody = new Player(
            new GameProfile(new UUID(1, 2), "Somebody", List.of()),
            player.wire,
            InetSocketAddress.createUnresolved("127.0.0.1", 4_711),
            new Attachment.Backend("survival", address)
        );
        var backend = new Backend("survival", address, server.wire, true);
        var limits = new Limits(0, 0, packetsPerSecond, bytesPerSecond, 0, 0, List.of());
        ties = new LoneTies(somebody, new Ration(player.wire, "Somebody", metrics, limits));
        relay = new Relay(
            somebody,
            backend,
            ties,
            new Client(),
            traces,
            new Heartbeat(player.wire, Duration.ofSeconds(30)),
            metrics,
            metrics.relayCounters(),
            entrance
        );
        relay.begin(state);
    }

    End player() {
        return player;
    }

    End server() {
        return server;
    }

    LoneTies ties() {
        return ties;
    }

    Traces traces() {
        return traces;
    }

    Relay relay() {
        return relay;
    }

    /** The proxy's end of the player's connection. */
    Wire playerWire() {
        return player.wire;
    }

    /** Whether the relay has said that the player is gone. */
    boolean left() {
        return ties.left();
    }

    @Override
    public void close() {
        player.channel.finishAndReleaseAll();
        server.channel.finishAndReleaseAll();
        metrics.close();
    }

    /** The far end of one connection. */
    final class End {

        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final Wire wire;
        private final Direction hears;
        private final int threshold;
        private final @Nullable Cfb8 decryption;
        private final @Nullable Cfb8 encryption;
        private State state;

        End(Direction hears, State state, int threshold, boolean encrypted) {
            this.hears = hears;
            this.state = state;
            this.threshold = threshold;
            wire = new Wire(channel, hears);
            wire.version(version);
            wire.peer(InetSocketAddress.createUnresolved("127.0.0.1", 4_711));
            wire.threshold(threshold);
            channel.pipeline().addLast(wire);
            if (encrypted) {
                wire.encrypt(SECRET);
            }
            decryption = encrypted ? Cfb8.decryption(SECRET) : null;
            encryption = encrypted ? Cfb8.encryption(SECRET) : null;
        }

        /** What this end says from now on is of another state. */
        void inState(State next) {
            state = next;
        }

        void says(Packet packet) {
            says(framed(packet));
        }

        /** A packet as this end would say it. */
        ByteBuf framed(Packet packet) {
            ByteBuf payload = Unpooled.buffer();
            PacketCodec.encode(version, state, hears.opposite(), packet, payload);
            ByteBuf stream = Unpooled.buffer();
            frame(ByteBufUtil.getBytes(payload), stream);
            return stream;
        }

        void says(ByteBuf bytes) {
            if (encryption != null) {
                encryption.apply(bytes);
            }
            channel.writeInbound(bytes);
        }

        void frame(byte[] payload, ByteBuf out) {
            Frames.write(Unpooled.wrappedBuffer(payload), threshold, out, Zlib.ofThisThread());
        }

        void hangsUp() {
            channel.close();
            player.channel.runPendingTasks();
            server.channel.runPendingTasks();
        }

        void isToldGoodbye(Text reason) {
            Player.say(wire, reason);
        }

        /** How much memory the proxy holds for what arrived from here and was not taken yet. */
        int kept() {
            return wire.keptCapacity();
        }

        boolean open() {
            return channel.isOpen();
        }

        /** Whether the proxy reads what comes from here. */
        boolean heard() {
            channel.runScheduledPendingTasks();
            return channel.config().isAutoRead();
        }

        /** All that arrived here since the last call. */
        byte[] rawBytes() {
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                all.writeBytes(part);
                part.release();
            }
            if (decryption != null) {
                decryption.apply(all);
            }
            return ByteBufUtil.getBytes(all);
        }

        /** The payloads of all frames that arrived here since the last call. */
        List<byte[]> payloads() {
            ByteBuf in = Unpooled.wrappedBuffer(rawBytes());
            List<byte[]> payloads = new ArrayList<>();
            while (in.isReadable()) {
                int header = Frames.header(in, in.readerIndex(), in.writerIndex(), Frames.MAX_CONTENT);
                in.skipBytes(Frames.headerSize(header));
                ByteBuf payload = wire.unwrap(in.readSlice(Frames.content(header)), RelaySide.MAX_CLIENTBOUND);
                payloads.add(ByteBufUtil.getBytes(payload));
                payload.release();
            }
            return payloads;
        }

        int payloadCount() {
            return payloads().size();
        }

        List<Packet> packets(State expected) {
            return payloads()
                .stream()
                .map(payload -> decode(payload, expected))
                .toList();
        }

        private Packet decode(byte[] payload, State expected) {
            ByteBuf in = Unpooled.wrappedBuffer(payload);
            int id = VarInts.read(in);
            @Nullable
            PacketType<?> type = PacketCodec.typeOf(version, expected, hears, id);
            return PacketCodec.decode(version, Objects.requireNonNull(type), in);
        }
    }
}
