package io.nightporter.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.BadPacketException;

/**
 * What a connection is doing right now. A phase ends by giving its {@link Wire} another one. All calls come from the
 * connection's event loop.
 */
public interface Phase {
    /**
     * Takes what it can from the bytes that have arrived, by moving the reader index; the rest is offered again when
     * more has come, or at once to the phase that took over. The buffer stays the caller's.
     *
     * @throws BadPacketException when the peer sent what cannot be right; the connection then ends
     */
    void bytes(ByteBuf in);

    /**
     * How many bytes behind these, which the phase has left, may be of use to it at once; the others stay where they
     * arrived until it has had these.
     *
     * @return at least 1; without a limit for phases that are no trouble to the memory
     */
    default int missing(ByteBuf left) {
        return Integer.MAX_VALUE;
    }

    /** All that the socket had for now has been offered: the moment to flush what was written elsewhere. */
    default void readComplete() {}

    /** The connection's own write buffer became full, or has room again. */
    default void writabilityChanged(boolean writable) {}

    /** Nothing came from the peer, or nothing could be written to it, for the read time-out. */
    default void silent(Wire wire) {
        wire.close();
    }

    /** The peer sent what cannot be right. */
    default void refused(Wire wire, BadPacketException reason) {
        wire.close();
    }

    /** The connection is gone; called once, in whatever way it ended. */
    void closed();
}
