package io.nightporter.proxy.waitingroom;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.nightporter.protocol.version.ProtocolVersion;

/** Takes off the first player of a version what the next ones find done. */
public final class Preparation {

    private Preparation() {}

    /**
     * Has what players of this version see in the waiting room made on another thread, because one of them may have to
     * go there in a moment.
     *
     * @param threshold of their compression
     */
    public static void begin(ProtocolVersion version, int threshold) {
        Thread.ofVirtual()
            .name("prepare " + version)
            .start(() ->
                FastThreadLocalThread.runWithFastThreadLocal(() -> VoidScenery.of(version).prepare(version, threshold))
            );
    }
}
