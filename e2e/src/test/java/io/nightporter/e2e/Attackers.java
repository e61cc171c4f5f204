package io.nightporter.e2e;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.e2e.Crowd.Line;
import io.nightporter.e2e.Crowd.Member;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.EncryptionResponse;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What the members of a {@link Crowd} do who mean no good. */
final class Attackers {

    private static final byte[] TRAFFIC = Utterances.traffic(256 << 10, Utterances.PROXY_THRESHOLD);
    private static final byte[] LET_IN = Utterances.letIn(Utterances.PROXY_THRESHOLD);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int TICKS_A_SECOND = 1000 / Crowd.TICK_MILLIS;

    private Attackers() {}

    private static String anyName() {
        return "Attacker" + (COUNT.incrementAndGet() % 10_000_000);
    }

    /** Connects and says nothing. */
    static final class Silent extends Member {}

    /** Says a decent login, one byte a second. */
    static final class Slow extends Member {

        private final byte[] words = Utterances.login("calm.test", anyName());
        private int ticks;

        @Override
        void tick(Line line) {
            if (++ticks % TICKS_A_SECOND == 0 && ticks / TICKS_A_SECOND <= words.length) {
                line.say(new byte[] { words[ticks / TICKS_A_SECOND - 1] });
            }
        }
    }

    /** Says this and waits until the proxy hangs up, or a second has gone by. */
    static final class Sayer extends Member {

        private final byte[] words;
        private int ticks;

        Sayer(byte[] words) {
            this.words = words;
        }

        @Override
        void begins(Line line) {
            line.say(words);
        }

        @Override
        void tick(Line line) {
            if (++ticks > TICKS_A_SECOND) {
                line.hangUp();
            }
        }
    }

    /** Logs in and goes as soon as it is let in. */
    static final class Revolving extends Member {

        private final String host;
        private final byte[] preface;

        Revolving(String host, String preface) {
            this.host = host;
            this.preface = preface.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        void begins(Line line) {
            line.say(Utterances.joined(preface, Utterances.login(host, anyName())));
        }

        @Override
        void hears(Line line, ByteBuffer bytes) {
            line.hangUp();
        }
    }

    /** Gets into the game and says this there. */
    static final class BadPlayer extends Member {

        private final byte[] words;
        private boolean said;
        private int ticks;

        BadPlayer(byte[] words) {
            this.words = words;
        }

        @Override
        void begins(Line line) {
            line.say(Utterances.login("lobby.test", anyName()));
        }

        @Override
        void hears(Line line, ByteBuffer bytes) {
            if (!said) {
                said = true;
                line.say(words);
            }
        }

        @Override
        void tick(Line line) {
            if (++ticks > TICKS_A_SECOND) {
                line.hangUp();
            }
        }
    }

    /** Gets into the game and then talks as fast as it can. */
    static final class Talker extends Member {

        private final String host;
        private boolean in;

        Talker(String host) {
            this.host = host;
        }

        @Override
        void begins(Line line) {
            line.say(Utterances.login(host, anyName()));
        }

        @Override
        void hears(Line line, ByteBuffer bytes) {
            if (!in) {
                in = true;
                line.say(TRAFFIC);
            }
        }

        @Override
        void saidAll(Line line) {
            if (in) {
                line.say(TRAFFIC);
            }
        }
    }

    /** Logs in and never reads a byte. */
    static final class Deaf extends Member {

        private final String host;

        Deaf(String host) {
            this.host = host;
        }

        @Override
        void begins(Line line) {
            line.say(Utterances.login(host, anyName()));
        }

        @Override
        boolean listens() {
            return false;
        }
    }

    /** Answers the request for encryption with rubbish, or rightly and then goes on without encryption. */
    static final class WrongCipher extends Member {

        private static final byte[] NOISE = Utterances.traffic(1 << 10, -1);
        private final boolean rightSecret = COUNT.incrementAndGet() % 2 == 0;
        private boolean answered;
        private int ticks;

        @Override
        void begins(Line line) {
            line.say(Utterances.login("online.test", anyName()));
        }

        @Override
        void hears(Line line, ByteBuffer bytes) {
            if (answered) {
                return;
            }
            answered = true;
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            in.skipBytes(Frames.headerSize(Frames.header(in, 0, in.writerIndex(), Frames.MAX_CONTENT)));
            VarInts.read(in);
            EncryptionRequest request = PacketCodec.decode(Utterances.VERSION, EncryptionRequest.TYPE, in);
            var identity = new SessionIdentity(URI.create("http://127.0.0.1"), "Nobody");
            var rubbish = Bytes.of(new byte[128]);
            var answer = rightSecret
                ? identity.answer(request, new byte[16])
                : new EncryptionResponse(rubbish, new EncryptionResponse.Token(rubbish));
            byte[] payload = Utterances.payload(State.LOGIN, Direction.SERVERBOUND, answer);
            line.say(Utterances.joined(Utterances.frame(payload, -1), NOISE));
        }

        @Override
        void tick(Line line) {
            if (++ticks > TICKS_A_SECOND) {
                line.hangUp();
            }
        }
    }

    /** A server that lets everybody in and then does what its kind does. */
    abstract static class Server extends Member {

        private boolean in;

        @Override
        void hears(Line line, ByteBuffer bytes) {
            if (!in) {
                in = true;
                line.say(LET_IN);
                welcome(line);
            }
        }

        /** The player is in. */
        abstract void welcome(Line line);

        boolean hasWelcomed() {
            return in;
        }
    }

    /** Says nothing more, and reads. */
    static final class QuietServer extends Server {

        @Override
        void welcome(Line line) {}
    }

    /** Sends as fast as it can. */
    static final class FloodingServer extends Server {

        @Override
        void welcome(Line line) {
            line.say(TRAFFIC);
        }

        @Override
        void saidAll(Line line) {
            if (hasWelcomed()) {
                line.say(TRAFFIC);
            }
        }
    }

    /** Sends nearly all of the longest frame that there is, and then a byte now and then. */
    static final class HalfFrameServer extends Server {

        private static final byte[] NEARLY_ALL = Utterances.joined(
            Utterances.varint(Frames.MAX_CONTENT),
            new byte[Frames.MAX_CONTENT - 1000]
        );

        @Override
        void welcome(Line line) {
            line.say(NEARLY_ALL);
        }

        @Override
        void tick(Line line) {
            if (hasWelcomed()) {
                line.say(new byte[1]);
            }
        }
    }

    /** Reads nothing more. */
    static final class DeafServer extends Server {

        @Override
        void welcome(Line line) {
            line.stopListening();
        }
    }

    /** Attackers who say these one after the other. */
    static Supplier<Member> inTurn(List<byte[]> words, java.util.function.Function<byte[], Member> kind) {
        var next = new AtomicInteger();
        return () -> kind.apply(words.get(Math.floorMod(next.getAndIncrement(), words.size())));
    }

    /** Frames that are wrong in every way that there is, for a connection with or without compression. */
    static List<byte[]> badFrames(int threshold) {
        byte[] rightClaimWrongStream = Utterances.joined(
            Utterances.varint(1002),
            Utterances.varint(Math.max(threshold, 300)),
            new byte[1000]
        );
        return List.of(
            Utterances.bomb(8 << 20, 8 << 20),
            Utterances.bomb(2 << 20, 2 << 20),
            Utterances.bomb(1 << 20, 8 << 20),
            Utterances.bomb(300, 1 << 20),
            Utterances.bomb(Integer.MAX_VALUE, 1 << 20),
            Utterances.bomb(-1, 1 << 20),
            Utterances.bomb(1, 1000),
            rightClaimWrongStream,
            Utterances.joined(Utterances.varint(Frames.MAX_CONTENT), new byte[Frames.MAX_CONTENT]),
            Utterances.joined(Utterances.varint(Frames.MAX_CONTENT), new byte[1000]),
            Utterances.varint(Integer.MAX_VALUE),
            new byte[] { 0, 0, 0 },
            new byte[] { -1, -1, -1, -1, -1, -1 },
            new byte[] { 5, 0 }
        );
    }
}
