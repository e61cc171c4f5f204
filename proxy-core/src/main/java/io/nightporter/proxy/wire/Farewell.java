package io.nightporter.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;

/** The end of a connection: the last word is on its way, and nothing of what still arrives matters. */
record Farewell(Phase before) implements Phase {
    /** How long a peer that was told goodbye may take to hang up. */
    private static final Duration LINGER = Duration.ofSeconds(2);
    /** How long it may take until everything written has left, the goodbye last. */
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(15);

    /**
     * Closes once everything has left and the peer has hung up. What it still sends is read and dropped for a moment,
     * because closing over unread bytes makes the kernel throw the last word away.
     */
    static void begin(Wire wire) {
        Channel channel = wire.channel();
        wire.phase(new Farewell(wire.phase()));
        wire.resume();
        wire.timer(LONGEST_FLUSH, wire::close);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
            wire.timer(LINGER, wire::close);
        });
    }

    /** Closes once everything has left: for a peer that has said all that it had to say, so that nothing is unread. */
    static void toSilentPeer(Wire wire) {
        wire.phase(new Farewell(wire.phase()));
        wire.flush();
        if (wire.hasBacklog()) {
            wire.timer(LONGEST_FLUSH, wire::close);
            wire.channel()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(_ -> wire.close());
        } else {
            wire.close();
        }
    }

    @Override
    public void bytes(ByteBuf in) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    public void closed() {
        before.closed();
    }
}
