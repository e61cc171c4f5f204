package io.nightporter.bench.load;

import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection of the crowd: a player or somebody who only pings. */
abstract class Guest extends Connection {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private static final long GOODBYE_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final Crowd crowd;
    private final long born = System.nanoTime();
    private final int port;
    private boolean ended;
    private long leftAt;

    /**
     * @param port where the proxy listens
     */
    Guest(Crowd crowd, int port) {
        super(Direction.SERVERBOUND);
        this.crowd = crowd;
        this.port = port;
    }

    /** Whether it has got what it came for. */
    abstract boolean hasArrived();

    final Tally tally() {
        return crowd.tally();
    }

    final Crowd crowd() {
        return crowd;
    }

    final int port() {
        return port;
    }

    @Override
    final ProtocolVersion version() {
        return crowd.version();
    }

    /** Nanoseconds since it set out. */
    final long age() {
        return System.nanoTime() - born;
    }

    final boolean isOverdue() {
        return hasArrived() ? hasLeft() && System.nanoTime() - leftAt > GOODBYE_PATIENCE : age() > PATIENCE;
    }

    @Override
    void leave() {
        leftAt = System.nanoTime();
        super.leave();
    }

    @Override
    final void onEnd(@Nullable String why) {
        if (!ended) {
            ended = true;
            crowd.onEnd(this, why);
        }
    }
}
