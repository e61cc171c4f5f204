package io.nightporter.proxy.wire;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much is read at a time: as Netty does it, and all that is left once the peer has closed its side.
 *
 * <p>Of a connection that is paused and whose peer has closed, Netty's epoll transport (4.2.18, 4.2.20) reads one piece
 * and then removes the socket from epoll, and when the pause is over it asks epoll to go on with a socket that it does
 * not know any more. That fails, the connection is closed, and what the peer said last is lost: why a player was
 * kicked, say. So everything is read when the peer closes, pause or not; it is no more than the socket's buffer.
 */
public final class ReadingToTheEnd implements RecvByteBufAllocator {

    private final RecvByteBufAllocator sizes = new AdaptiveRecvByteBufAllocator();

    @Override
    @SuppressWarnings("deprecation") // the interface has this method only, and Netty wants what it returns to be extended
    public Handle newHandle() {
        return new Reading((ExtendedHandle) sizes.newHandle());
    }

    private static final class Reading extends DelegatingHandle implements ExtendedHandle {

        private final ExtendedHandle usual;
        private boolean paused;

        Reading(ExtendedHandle usual) {
            super(usual);
            this.usual = usual;
        }

        /** A paused connection is read for one reason only: its peer has closed. */
        @Override
        public void reset(ChannelConfig config) {
            super.reset(config);
            paused = !config.isAutoRead();
        }

        @Override
        public boolean continueReading() {
            return paused ? lastBytesRead() > 0 : usual.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return paused ? lastBytesRead() > 0 : usual.continueReading(maybeMore);
        }
    }
}
