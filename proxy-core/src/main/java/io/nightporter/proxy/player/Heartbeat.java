package io.nightporter.proxy.player;

import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The proxy's own keep-alives: a client that hears nothing for 30 seconds (20 before 1.9) leaves, and a server that is
 * away, or busy, sends none. Asked once a second, it beats when nobody else has for a while.
 */
public final class Heartbeat {

    private static final int FIRST_WITH_30_SECONDS = 107;
    private static final long BEAT = Duration.ofSeconds(10).toNanos();
    private static final long BEAT_BEFORE_1_9 = Duration.ofSeconds(5).toNanos();
    /** So that late answers are known as well. */
    private static final int REMEMBERED = 8;

    private final Wire wire;
    private final long beat;
    private final long[] ids = new long[REMEMBERED];
    private int beats;
    private long last = System.nanoTime();

    /**
     * @param patience silence after which the proxy itself gives the client up: one that stands still may say nothing but
     *     answers to these
     */
    public Heartbeat(Wire wire, Duration patience) {
        this.wire = wire;
        long usual = wire.version().number() < FIRST_WITH_30_SECONDS ? BEAT_BEFORE_1_9 : BEAT;
        this.beat = Math.min(usual, patience.toNanos() / 3);
    }

    /** A keep-alive has gone to the client, or may not go now. */
    public void notNow() {
        last = System.nanoTime();
    }

    /** Sends a keep-alive, without flushing, if it is time for one; returns whether it was. */
    public boolean beatIfDue(long now) {
        State state = wire.sendState();
        if (now - last < beat || (state != State.PLAY && state != State.CONFIGURATION)) {
            return false;
        }
        last = now;
        beat();
        return true;
    }

    /** Sends a keep-alive now, without flushing. */
    public void beatNow() {
        last = System.nanoTime();
        beat();
    }

    private void beat() {
        // Fits the smallest form in which a version has it, and is hardly ever what a server would choose.
        long id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        ids[beats++ % REMEMBERED] = id;
        wire.send(new KeepAlive(id));
    }

    /** Whether this is the answer to one of ours. */
    public boolean answered(long id) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (ids[i] == id && id != 0) {
                ids[i] = 0;
                return true;
            }
        }
        return false;
    }
}
