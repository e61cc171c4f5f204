package io.nightporter.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.BadPacketException;

/** Whole zlib streams in and out, with contexts that belong to one thread. */
interface ZlibCoder extends AutoCloseable {
    /**
     * @param in exactly the stream; its indices stay where they are
     * @param out has room for {@code size} bytes; gets exactly so many
     * @throws BadPacketException when the stream is broken, too short or too long
     */
    void inflate(ByteBuf in, int size, ByteBuf out);

    /** Appends one stream to {@code out}; the indices of {@code in} stay where they are. */
    void deflate(ByteBuf in, ByteBuf out);

    @Override
    void close();

    static BadPacketException broken() {
        return new BadPacketException("zlib_broken", "a compressed packet cannot be inflated");
    }

    static BadPacketException sizeMismatch() {
        return new BadPacketException("zlib_size_mismatch", "a compressed packet is not as long as it says");
    }
}
