package io.nightporter.proxy.limits;

import io.nightporter.proxy.config.Limits;
import java.net.InetAddress;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is not a player yet: from when it is accepted until it is one, or closes. All methods are called on
 * the connection's event loop.
 */
public final class Arrival {

    enum Stage {
        /** Has not said that it wants to log in: it may be closed to make room. */
        AT_THE_DOOR,
        LOGGING_IN,
        /** Not counted any more. */
        OVER,
    }

    private final Entrance entrance;
    private final Runnable close;
    private @Nullable Future<?> deadline;

    // What follows belongs to HalfOpen and changes under its lock only; the network on the event loop only, besides.
    Stage stage = Stage.AT_THE_DOOR;

    @Nullable
    Network network;

    /** The neighbours in the row of those that may be closed. */
    @Nullable
    Arrival before;

    @Nullable
    Arrival behind;

    /**
     * @param network that it is counted for; null: none
     * @param close ends the connection, from any thread
     */
    Arrival(Entrance entrance, @Nullable Network network, Runnable close) {
        this.entrance = entrance;
        this.network = network;
        this.close = close;
    }

    /**
     * A balancer says where the connection really comes from: only now it is counted for a network.
     *
     * @return whether it may stay; if not, that has been counted and logged
     */
    public boolean announced(Limits limits, InetAddress address) {
        return entrance.announced(this, limits, address);
    }

    /**
     * It wants to play, directly or by pass-through. If it may, it is not closed any more to make room for another one.
     *
     * @return whole seconds until it may be tried again, which have been counted and logged; 0: it may go on
     */
    public long logsIn(Limits limits) {
        return entrance.logsIn(this, limits);
    }

    /** The timer that ends the connection unless it is over before; the one before is cancelled. */
    public void deadline(Future<?> timer) {
        cancelDeadline();
        deadline = timer;
    }

    /** It is a player now, or has closed. May be called again. */
    public void over() {
        entrance.halfOpen().over(this);
        cancelDeadline();
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Makes room for another one; called from any thread, after {@link HalfOpen} has forgotten it. */
    void close() {
        close.run();
    }
}
