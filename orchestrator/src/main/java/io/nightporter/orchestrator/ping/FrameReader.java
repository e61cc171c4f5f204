package io.nightporter.orchestrator.ping;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.BadPacketException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** Reads uncompressed frames from a blocking socket, each until a moment after which it waits no longer. */
final class FrameReader {

    private final Socket socket;
    private final InputStream in;
    private final byte[] chunk = new byte[8192];
    private int position;
    private int limit;

    FrameReader(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /**
     * What a frame holds, without its length. Memory is taken for what has come, not for what was announced.
     *
     * @param deadline in the time of {@link System#nanoTime()}
     * @throws SocketTimeoutException at the deadline, also if bytes keep coming
     * @throws EOFException when the other side hung up
     * @throws BadPacketException when the frame is empty or longer than {@code max}
     */
    ByteBuf next(int max, long deadline) throws IOException {
        int length = length(deadline);
        if (length < 1 || length > max) {
            throw new BadPacketException("frame_too_long", "it begins with a frame length of " + length);
        }
        ByteBuf frame = Unpooled.buffer(Math.min(length, chunk.length), length);
        while (frame.readableBytes() < length) {
            fill(deadline);
            int part = Math.min(limit - position, length - frame.readableBytes());
            frame.writeBytes(chunk, position, part);
            position += part;
        }
        return frame;
    }

    /** At most three bytes, 21 bits. */
    private int length(long deadline) throws IOException {
        int length = 0;
        for (int shift = 0; shift < 21; shift += 7) {
            fill(deadline);
            byte b = chunk[position++];
            length |= (b & 0x7F) << shift;
            if (b >= 0) {
                return length;
            }
        }
        throw new BadPacketException("frame_too_long", "it begins with no frame length");
    }

    private void fill(long deadline) throws IOException {
        if (position < limit) {
            return;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        int read = in.read(chunk);
        if (read < 0) {
            throw new EOFException("end of stream");
        }
        position = 0;
        limit = read;
    }
}
