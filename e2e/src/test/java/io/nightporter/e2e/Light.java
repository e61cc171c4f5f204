package io.nightporter.e2e;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.e2e.Crowd.Line;
import io.nightporter.e2e.Crowd.Member;
import io.nightporter.e2e.wire.WireWorld;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.ConfigurationAck;
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
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Players and servers of a {@link Crowd} that do all that the game asks of them and nothing more. What is compressed they
 * do not look at: what they have to answer is shorter than the threshold.
 */
abstract class Light extends Member {

    private static final int THRESHOLD = 256;
    private static final String WELCOME = "welcome";

    private final ProtocolVersion version;
    private final Direction sends;
    private final ByteBuf inbox = Unpooled.buffer(64);
    private boolean compressed;
    State state = State.HANDSHAKE;

    private Light(ProtocolVersion version, Direction sends) {
        this.version = version;
        this.sends = sends;
    }

    int protocol() {
        return version.number();
    }

    ProtocolVersion version() {
        return version;
    }

    void compress() {
        compressed = true;
    }

    void say(Line line, Packet packet) {
        ByteBuf payload = Unpooled.buffer();
        PacketCodec.encode(version, state, sends, packet, payload);
        line.say(framed(payload));
    }

    void say(Line line, String name, Bytes body) {
        ByteBuf payload = Unpooled.buffer();
        VarInts.write(payload, version.id(state, sends, name));
        payload.writeBytes(body.toBuffer());
        line.say(framed(payload));
    }

    private byte[] framed(ByteBuf payload) {
        ByteBuf frame = Unpooled.buffer();
        Frames.write(payload, compressed ? THRESHOLD : -1, frame, Zlib.ofThisThread());
        return ByteBufUtil.getBytes(frame);
    }

    @Override
    void hears(Line line, ByteBuffer bytes) {
        inbox.writeBytes(bytes);
        while (inbox.isReadable()) {
            int header = Frames.header(inbox, inbox.readerIndex(), inbox.writerIndex(), Frames.MAX_CONTENT);
            if (header == Frames.INCOMPLETE || inbox.readableBytes() < Frames.total(header)) {
                break;
            }
            inbox.skipBytes(Frames.headerSize(header));
            ByteBuf content = inbox.readSlice(Frames.content(header));
            if (!compressed || VarInts.read(content) == 0) {
                hears(line, VarInts.read(content), content);
            }
        }
        inbox.discardReadBytes();
    }

    private void hears(Line line, int id, ByteBuf body) {
        String name = version.packetName(state, sends.opposite(), id);
        hears(line, String.valueOf(name), body);
    }

    /** A packet, by its name in the table of packet ids. */
    abstract void hears(Line line, String name, ByteBuf body);

    /** How players of a crowd are, all of them together. */
    static final class Count {

        private final AtomicInteger names = new AtomicInteger();
        private final AtomicInteger welcomed = new AtomicInteger();
        private final AtomicInteger waiting = new AtomicInteger();

        /** How often players have come into the world of a server. */
        int welcomed() {
            return welcomed.get();
        }

        /** How often players have begun to see that they wait. */
        int waiting() {
            return waiting.get();
        }
    }

    /** Logs in, answers, and counts what it sees. */
    static final class Player extends Light {

        private final Count count;
        private final String host;
        private boolean waits;

        Player(ProtocolVersion version, String host, Count count) {
            super(version, Direction.SERVERBOUND);
            this.host = host;
            this.count = count;
        }

        @Override
        void begins(Line line) {
            say(line, new Handshake(protocol(), host, 25_565, Handshake.LOGIN));
            state = State.LOGIN;
            int number = count.names.incrementAndGet();
            say(line, new LoginStart("Light" + number, Optional.empty(), Optional.of(new UUID(1, number))));
        }

        @Override
        void hears(Line line, String name, ByteBuf body) {
            switch (name) {
                case "SetCompression" -> compress();
                case "LoginSuccess" -> {
                    if (protocol() >= 764) {
                        say(line, new LoginAcknowledged());
                        state = State.CONFIGURATION;
                        say(line, new ClientSettings("en_us", 4, 0, true, 0, true, 0x7F, 1, false, true, 0));
                    } else {
                        state = State.PLAY;
                    }
                }
                case "KnownPacks" -> say(line, PacketCodec.decode(version(), KnownPacks.TYPE, body));
                case "FinishConfiguration" -> {
                    say(line, new FinishConfigurationAck());
                    state = State.PLAY;
                }
                case "StartConfiguration" -> {
                    say(line, new ConfigurationAck());
                    state = State.CONFIGURATION;
                }
                case "KeepAlive" -> say(line, PacketCodec.decode(version(), KeepAlive.TYPE, body));
                case "TitleText" -> {
                    if (!waits) {
                        waits = true;
                        count.waiting.incrementAndGet();
                    }
                }
                case "SystemChat" -> {
                    if (PacketCodec.decode(version(), SystemChat.TYPE, body).content().words().equals(WELCOME)) {
                        waits = false;
                        count.welcomed.incrementAndGet();
                    }
                }
                default -> {
                }
            }
        }
    }

    /** Answers to the server list, and lets everybody into its world. */
    static final class World extends Light {

        private static final int BEAT_TICKS = 50;
        private int ticks;

        World(ProtocolVersion version) {
            super(version, Direction.CLIENTBOUND);
        }

        @Override
        void hears(Line line, String name, ByteBuf body) {
            switch (name) {
                case "Handshake" -> state =
                    body.getByte(body.writerIndex() - 1) == Handshake.STATUS ? State.STATUS : State.LOGIN;
                case "StatusRequest" -> say(
                    line,
                    new StatusResponse("{\"version\":{\"name\":\"light\",\"protocol\":1}}")
                );
                case "StatusPing" -> say(line, "StatusPong", Bytes.copyOf(body));
                case "LoginStart" -> {
                    say(line, new SetCompression(THRESHOLD));
                    compress();
                    say(line, new LoginSuccess(new UUID(1, 2), "Light", List.of(), false, LoginSuccess.NO_SESSION));
                    if (protocol() < 764) {
                        play(line);
                    }
                }
                case "LoginAcknowledged" -> {
                    state = State.CONFIGURATION;
                    say(line, "RegistryData", WireWorld.registry(protocol()));
                    say(line, new FinishConfiguration());
                }
                case "FinishConfigurationAck" -> play(line);
                default -> {
                }
            }
        }

        private void play(Line line) {
            state = State.PLAY;
            say(line, WireWorld.joinGame(protocol()));
            say(line, WireWorld.position());
            if (protocol() >= 765) {
                say(line, WireWorld.chunksFollow());
            }
            say(line, new SystemChat(Text.plain(WELCOME), false));
        }

        @Override
        void tick(Line line) {
            if (state == State.PLAY && ++ticks % BEAT_TICKS == 0) {
                say(line, new KeepAlive(ticks));
            }
        }
    }
}
