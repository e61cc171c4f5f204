package io.nightporter.e2e.wire;

import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.LoginDisconnect;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server that fails one player.
 *
 * @param at when
 * @param how in which way
 * @param words the goodbye of a server that says one
 * @param gate what a server waits for that waits
 */
public record Fault(Step at, Manner how, Text words, CountDownLatch gate) {
    private static final byte[] GARBAGE = new byte[64];
    /** The length of a frame of a hundred bytes, and three of them. */
    private static final byte[] HALF_A_FRAME = { 100, 0, 0, 0 };
    /** Longer than anybody waits for a silent server here. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(4_500);

    static {
        Arrays.fill(GARBAGE, (byte) 0xFF);
    }

    /** What the server has just done when it fails. */
    public enum Step {
        CONNECTED(0),
        LOGIN_START_HEARD(0),
        COMPRESSION_SET(47),
        LOGGED_IN(0),
        PACKS_OFFERED(766),
        PACKS_HEARD(766),
        REGISTRIES_SENT(764),
        CONFIGURATION_FINISHED(764),
        PLAY_BEGUN(764),
        JOINED(0),
        PLACED(0),
        IN_A_BUNDLE(762),
        IN_A_FRAME(0),
        IN_THE_WORLD(0);

        private final int first;

        Step(int first) {
            this.first = first;
        }

        /** Whether servers of a version come by here. */
        public boolean existsIn(int protocol) {
            return protocol >= first;
        }

        /** Whether the client sees a world of this server by then. */
        public boolean showsWorld() {
            return compareTo(JOINED) > 0;
        }
    }

    /** How servers fail. */
    public enum Manner {
        CLOSE,
        RESET,
        GARBAGE,
        GOODBYE,
        SILENCE,
        /** Silence for a while, and then it goes on. */
        PAUSE,
        /** Silence until it is told to go on. */
        WAIT;

        /** Whether the server does not go on by itself afterwards. */
        public boolean isForGood() {
            return this != PAUSE && this != WAIT;
        }
    }

    public Fault(Step at, Manner how, Text words) {
        this(at, how, words, new CountDownLatch(0));
    }

    /** A server that stands still here until it is told to go on. */
    public static Fault heldUp(Step at) {
        return new Fault(at, Manner.WAIT, Text.plain(""), new CountDownLatch(1));
    }

    /** Tells the server to go on. */
    public void goOn() {
        gate.countDown();
    }

    /** Fails; returns only from a pause and from waiting. */
    void happen(Link link, State state) throws IOException {
        if (at == Step.IN_A_FRAME) {
            link.sendBytes(HALF_A_FRAME);
        }
        switch (how) {
            case CLOSE -> {
            }
            case RESET -> link.reset();
            case GARBAGE -> link.sendBytes(GARBAGE);
            case GOODBYE -> {
                if (state == State.LOGIN) {
                    link.send(state, new LoginDisconnect(words));
                } else {
                    link.send(state, new Disconnect(words));
                }
            }
            case SILENCE -> hold(SILENCE);
            case PAUSE -> {
                hold(PAUSE);
                return;
            }
            case WAIT -> {
                await();
                return;
            }
        }
        throw new IOException("failed as told");
    }

    private void await() throws IOException {
        try {
            if (!gate.await(SILENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("never told to go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void hold(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
