package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.ConfigurationAck;
import io.nightporter.protocol.packet.CookieRequest;
import io.nightporter.protocol.packet.CookieResponse;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.Ground;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginDisconnect;
import io.nightporter.protocol.packet.LoginPluginRequest;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.Ping;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.Pong;
import io.nightporter.protocol.packet.Position;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.packet.TeleportConfirm;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Logs in, does what a game client does by itself, walks around, and counts what comes. Frames are cut and their ids
 * looked at; of long compressed ones a sample is inflated.
 */
final class Player extends Guest {

    private static final ClientSettings SETTINGS = new ClientSettings(
        "en_us",
        10,
        0,
        true,
        0,
        true,
        0x7F,
        1,
        false,
        true,
        0
    );
    /** Compressed packets from this size on are not inflated: what concerns the player is shorter. */
    private static final int LONG = 1_024;
    /** One of so many long packets is inflated all the same. */
    private static final int SAMPLE = 32;

    private final String name;
    private final double positionsPerSecond;
    private final int probeId;
    private final int keepAliveId;
    private State state = State.LOGIN;
    private boolean inWorld;
    private int slot = -1;
    private double positionsDue;
    private long packets;
    private long payload;
    private long longPackets;
    private @Nullable Account account;

    /** What was missing between the first and the latest probe. */
    private static final class Account {

        private final long packetOffset;
        private final long payloadOffset;
        private long missing;
        private long strange;
        private long changedBytes;

        Account(Probe first, long packets, long payload) {
            packetOffset = first.packets() - packets;
            payloadOffset = first.payload() - payload;
        }

        void balance(Probe probe, long packets, long payload) {
            long lack = probe.packets() - packetOffset - packets;
            missing = Math.max(0, lack);
            strange = Math.max(0, -lack);
            changedBytes = lack == 0 ? Math.abs(probe.payload() - payloadOffset - payload) : 0;
        }
    }

    Player(Crowd crowd, int port, String name, double positionsPerSecond) {
        super(crowd, port);
        this.name = name;
        this.positionsPerSecond = positionsPerSecond;
        probeId = version().id(State.PLAY, Direction.CLIENTBOUND, "PluginMessage");
        keepAliveId = version().id(State.PLAY, Direction.CLIENTBOUND, "KeepAlive");
    }

    @Override
    void onConnected() {
        write(State.HANDSHAKE, new Handshake(version().number(), "localhost", port(), Handshake.LOGIN));
        UUID id = UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
        send(state, new LoginStart(name, Optional.empty(), Optional.of(id)));
    }

    @Override
    void onBytes(int count, long time) {
        if (inWorld) {
            tally().wireBytes += count;
        }
        crowd().time(time);
    }

    @Override
    void onFrame(ByteBuf frame, int length, int size) {
        if (state != State.PLAY || !inWorld) {
            onEarlyFrame(frame, length, size);
            return;
        }
        int bytes = size > 0 ? size : length;
        if (size >= LONG) {
            if (longPackets++ % SAMPLE == 0) {
                payload(frame, length, size).release();
                tally().inflated++;
            }
        } else if (size > 0) {
            ByteBuf packet = payload(frame, length, size);
            try {
                look(packet, size);
            } finally {
                packet.release();
            }
        } else if (look(frame, length)) {
            return;
        }
        count(bytes);
    }

    private void count(int bytes) {
        packets++;
        payload += bytes;
        tally().clientboundPackets++;
        tally().payloadBytes += bytes;
    }

    /** Reacts to a packet in the play state; returns whether it is one that does not count. */
    private boolean look(ByteBuf packet, int length) {
        int start = packet.readerIndex();
        int id = VarInts.read(packet);
        int body = length - (packet.readerIndex() - start);
        if (id == probeId) {
            Probe probe = Probe.read(packet, body);
            if (probe != null) {
                onProbe(probe);
            }
        } else if (crowd().concerns(id)) {
            react(decode(id, packet.slice(packet.readerIndex(), body)));
        }
        return id == keepAliveId;
    }

    private void onProbe(Probe probe) {
        if (tally().measuring) {
            Quantiles.record(tally().latency, crowd().time() - probe.time());
        }
        if (account == null) {
            account = new Account(probe, packets, payload);
        }
        account.balance(probe, packets, payload);
    }

    /** Before the player is in the world every packet is read. */
    private void onEarlyFrame(ByteBuf frame, int length, int size) {
        ByteBuf packet = payload(frame, length, size);
        try {
            int id = VarInts.read(packet);
            react(decode(id, packet));
        } finally {
            packet.release();
        }
    }

    private @Nullable Packet decode(int id, ByteBuf body) {
        PacketType<?> type = PacketCodec.typeOf(version(), state, Direction.CLIENTBOUND, id);
        if (type == null || (state == State.PLAY && !crowd().concerns(id))) {
            return null;
        }
        return PacketCodec.decode(version(), type, body);
    }

    private void react(@Nullable Packet packet) {
        switch (packet) {
            case EncryptionRequest request -> authenticate(request);
            case SetCompression compression -> compress(compression.threshold());
            case LoginPluginRequest request -> send(
                state,
                new LoginPluginResponse(request.messageId(), Optional.empty())
            );
            case CookieRequest request -> send(state, new CookieResponse(request.key(), Optional.empty()));
            case LoginSuccess _ -> loggedIn();
            case KnownPacks packs -> send(state, packs);
            case KeepAlive beat -> send(state, beat);
            case Ping ping -> send(state, new Pong(ping.id()));
            case FinishConfiguration _ -> {
                send(state, new FinishConfigurationAck());
                state = State.PLAY;
            }
            case StartConfiguration _ -> {
                send(state, new ConfigurationAck());
                state = State.CONFIGURATION;
            }
            case PlayerPosition place -> confirm(place);
            case JoinGame _ -> joined();
            case LoginDisconnect goodbye -> throw new BadPacketException(
                "kicked",
                "kicked: " + goodbye.reason().words()
            );
            case Disconnect goodbye -> throw new BadPacketException("kicked", "kicked: " + goodbye.reason().words());
            case null, default -> {
            }
        }
    }

    private void authenticate(EncryptionRequest request) {
        byte[] secret = crowd().identity().newSecret();
        send(state, crowd().identity().answer(request, secret));
        encrypt(secret);
        tally().encrypted = true;
    }

    private void loggedIn() {
        if (version().number() < 764) {
            state = State.PLAY;
            return;
        }
        send(state, new LoginAcknowledged());
        state = State.CONFIGURATION;
        introduce();
    }

    private void introduce() {
        write(state, SETTINGS);
        send(state, new PluginMessage("minecraft:brand", Bytes.utf8("\7vanilla")));
    }

    private void confirm(PlayerPosition place) {
        if (version().number() < 107) {
            return;
        }
        send(
            state,
            new TeleportConfirm(place.teleportId(), place.x(), place.y(), place.z(), place.yaw(), place.pitch())
        );
    }

    private void joined() {
        if (inWorld) {
            return;
        }
        inWorld = true;
        if (version().number() < 764) {
            introduce();
        }
        slot = crowd().onJoined(this);
    }

    /** Sends a position where one is due. */
    void tick() {
        positionsDue += positionsPerSecond / Ticks.PER_SECOND;
        if (positionsDue < 1 || state != State.PLAY || hasLeft() || !channel().isWritable()) {
            return;
        }
        positionsDue -= 1;
        sendFrames(crowd().position(threshold() >= 0));
        tally().positions++;
    }

    int slot() {
        return slot;
    }

    long missing() {
        return account == null ? 0 : account.missing;
    }

    long strange() {
        return account == null ? 0 : account.strange;
    }

    long changedBytes() {
        return account == null ? 0 : account.changedBytes;
    }

    @Override
    boolean hasArrived() {
        return inWorld;
    }

    /** The frame of a step, somewhere near where players appear. */
    static void writePosition(Crowd crowd, boolean compressedLink, ByteBuf out) {
        double x = 8 + ThreadLocalRandom.current().nextDouble();
        ByteBuf packet = out.alloc().heapBuffer();
        try {
            PacketCodec.encode(
                crowd.version(),
                State.PLAY,
                Direction.SERVERBOUND,
                new Position(x, 64, 65.62, 8.5, Ground.IN_THE_AIR),
                packet
            );
            Frames.write(packet, compressedLink ? Integer.MAX_VALUE : -1, out, Zlib.ofThisThread());
        } finally {
            packet.release();
        }
    }
}
