package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.StatusPing;
import io.nightporter.protocol.packet.StatusPong;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to the {@link GameServer}: answers a status request, or lets the player in and sends bursts. */
final class Visitor extends Connection {

    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final GameServer server;
    private final Shape shape;
    private final PreparedTraffic traffic;
    private final ProtocolVersion version;
    private final int positionId;
    private final int probeId;
    private State state = State.HANDSHAKE;
    private int slot = -1;
    private double smallsDue = ThreadLocalRandom.current().nextDouble();
    private double chunksDue = ThreadLocalRandom.current().nextDouble();
    private double probesDue = ThreadLocalRandom.current().nextDouble();
    private int nextChunk = ThreadLocalRandom.current().nextInt(PreparedTraffic.CHUNKS);
    private long nextKeepAlive;
    private long sentPackets;
    private long sentPayload;

    Visitor(GameServer server) {
        super(Direction.CLIENTBOUND);
        this.server = server;
        this.shape = server.shape();
        this.traffic = server.traffic();
        this.version = server.version();
        positionId = version.id(State.PLAY, Direction.SERVERBOUND, "Position");
        probeId = version.id(State.PLAY, Direction.CLIENTBOUND, "PluginMessage");
    }

    @Override
    ProtocolVersion version() {
        return version;
    }

    @Override
    void onConnected() {}

    @Override
    void onFrame(ByteBuf frame, int length, int size) {
        if (state == State.PLAY) {
            if (size == 0 && VarInts.read(frame) == positionId) {
                server.onPosition();
            }
            return;
        }
        ByteBuf payload = payload(frame, length, size);
        try {
            int id = VarInts.read(payload);
            PacketType<?> type =
                state == State.HANDSHAKE
                    ? Handshake.FORWARDED_TYPE
                    : PacketCodec.typeOf(version, state, Direction.SERVERBOUND, id);
            if (type != null) {
                answer(PacketCodec.decode(version, type, payload));
            }
        } finally {
            payload.release();
        }
    }

    private void answer(Packet packet) {
        switch (packet) {
            case Handshake handshake -> greet(handshake);
            case StatusRequest _ -> {
                server.onStatus();
                send(state, new StatusResponse(status()));
            }
            case StatusPing ping -> send(state, new StatusPong(ping.payload()));
            case LoginStart start -> logIn(start.name());
            case LoginAcknowledged _ -> configure();
            case KnownPacks _ -> sendRegistries();
            case FinishConfigurationAck _ -> enterWorld();
            default -> {
            }
        }
    }

    private void greet(Handshake handshake) {
        if (handshake.intent() == Handshake.STATUS) {
            state = State.STATUS;
        } else if (handshake.protocol() == version.number()) {
            state = State.LOGIN;
        } else {
            throw new BadPacketException("wrong_protocol", "a player of protocol " + handshake.protocol());
        }
    }

    private String status() {
        return """
        {"version":{"name":"%s","protocol":%d},"players":{"max":1000,"online":0,"sample":[]},\
        "description":{"text":"load"}}""".formatted(version.newestRelease(), version.number());
    }

    private void logIn(String name) {
        if (shape.compression() >= 0) {
            write(state, new SetCompression(shape.compression()));
            compress(shape.compression());
        }
        UUID id = UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
        send(state, new LoginSuccess(id, name, List.of(), false, LoginSuccess.NO_SESSION));
        if (version.number() < 764) {
            enterWorld();
        }
    }

    private void configure() {
        state = State.CONFIGURATION;
        if (version.number() >= 766) {
            send(state, new KnownPacks(List.of(new KnownPacks.Pack("minecraft", "core", version.newestRelease()))));
        } else {
            sendRegistries();
        }
    }

    private void sendRegistries() {
        ByteBuf frame = channel().alloc().directBuffer();
        writeFrames(frame.writeBytes(traffic.registries()));
        send(state, new FinishConfiguration());
    }

    private void enterWorld() {
        state = State.PLAY;
        server.onJoined();
        nextKeepAlive = System.nanoTime() + KEEP_ALIVE_NANOS;
        ByteBuf entry = traffic.entry();
        sendFrames(channel().alloc().directBuffer(entry.readableBytes()).writeBytes(entry));
        slot = server.ticks().add(this);
    }

    /** One burst: chunks, then small packets, a probe at last. */
    void tick() {
        if (!channel().isWritable()) {
            server.onSkippedBurst();
            return;
        }
        chunksDue += shape.chunks() / Ticks.PER_SECOND;
        smallsDue += shape.small() / Ticks.PER_SECOND;
        probesDue += shape.probes() / Ticks.PER_SECOND;
        int chunks = (int) chunksDue;
        int smalls = Math.min((int) smallsDue, PreparedTraffic.SMALLS);
        boolean probe = probesDue >= 1;
        chunksDue -= chunks;
        smallsDue -= smalls;
        boolean keepAlive = System.nanoTime() - nextKeepAlive >= 0;
        if (keepAlive) {
            nextKeepAlive += KEEP_ALIVE_NANOS;
            send(state, new KeepAlive(nextKeepAlive & Integer.MAX_VALUE));
        }
        if (chunks == 0 && smalls == 0 && !probe) {
            return;
        }
        ByteBuf burst = channel().alloc().directBuffer();
        for (int i = 0; i < chunks; i++) {
            burst.writeBytes(traffic.chunk(nextChunk));
            sentPayload += traffic.payloadOfChunk(nextChunk++);
        }
        if (smalls > 0) {
            int first = ThreadLocalRandom.current().nextInt(PreparedTraffic.SMALLS - smalls + 1);
            burst.writeBytes(traffic.smalls(first, smalls));
            sentPayload += traffic.payloadOfSmalls(first, smalls);
        }
        sentPackets += chunks + smalls;
        if (probe) {
            probesDue -= 1;
            new Probe(System.nanoTime(), sentPackets, sentPayload).write(probeId, threshold() >= 0, burst);
            sentPackets++;
            sentPayload += Probe.payloadSize(probeId);
        }
        sendFrames(burst);
    }

    @Override
    void onEnd(@Nullable String why) {
        if (slot >= 0) {
            server.ticks().remove(this, slot);
            slot = -1;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        // A reset is how some proxies close.
        if (!(failure instanceof IOException)) {
            server.onBroken();
        }
        super.exceptionCaught(context, failure);
    }
}
