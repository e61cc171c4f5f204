package io.nightporter.proxy.wire;

import io.netty.channel.Channel;
import java.time.Duration;

/** Notices a peer that says nothing, and one to which nothing can be written. */
final class Silence {

    private final Wire wire;
    private boolean heard;
    /** The write buffer was full at the last look, and has not had room since. */
    private boolean full;

    Silence(Wire wire) {
        this.wire = wire;
    }

    /** Something has arrived. */
    void broken() {
        heard = true;
    }

    /** The write buffer has become full, or has room again. */
    void writabilityChanged() {
        full = false;
    }

    void watch(Duration limit) {
        heard = false;
        wire.timer(limit, () -> look(limit));
    }

    private void look(Duration limit) {
        Channel channel = wire.channel();
        boolean listening = channel.config().isAutoRead();
        boolean stuck = full && !channel.isWritable();
        if ((listening && !heard) || stuck) {
            wire.phase().silent(wire);
        }
        if (!(wire.phase() instanceof Farewell)) {
            full = !channel.isWritable();
            watch(limit);
        }
    }
}
