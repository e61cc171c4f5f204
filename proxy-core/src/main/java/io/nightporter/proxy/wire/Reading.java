package io.nightporter.proxy.wire;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

/** Whether anything is read from a connection: only if there is no reason not to. Used by its event loop only. */
final class Reading {

    private final Wire wire;
    private final Channel channel;
    private final EnumSet<Wire.Pause> pauses = EnumSet.noneOf(Wire.Pause.class);

    Reading(Wire wire) {
        this.wire = wire;
        this.channel = wire.channel();
    }

    void pause(Wire.Pause reason) {
        if (pauses.add(reason)) {
            set(false);
        }
    }

    void pauseFor(Wire.Pause reason, Duration time) {
        pause(reason);
        channel.eventLoop().schedule(() -> resume(reason), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** This is no reason any more. */
    void resume(Wire.Pause reason) {
        if (pauses.remove(reason) && pauses.isEmpty()) {
            set(true);
        }
    }

    /** Whatever was the reason not to. */
    void resume() {
        pauses.clear();
        set(true);
    }

    /** Of a socket that is closed epoll knows nothing any more, and may by now know another one by its number. */
    private void set(boolean more) {
        if (!wire.isClosed()) {
            channel.config().setAutoRead(more);
        }
    }
}
