package io.nightporter.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.Wire;

/**
 * A server's connection that is ready and waits for its player: what it says is kept.
 *
 * @param gone called when it does not wait any longer
 */
public record Parked(Runnable gone) implements Phase {
    @Override
    public void bytes(ByteBuf in) {
        // kept until the relay takes over
    }

    @Override
    public void silent(Wire wire) {
        // It is us who do not listen.
    }

    @Override
    public void closed() {
        gone.run();
    }
}
