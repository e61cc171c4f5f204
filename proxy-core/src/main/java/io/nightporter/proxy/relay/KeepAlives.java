package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.proxy.wire.Wire;
import java.util.ArrayDeque;
import java.util.Deque;

/** Which keep-alives a server has sent and the player has not answered yet; an answer goes to nobody else. */
final class KeepAlives {

    /** Far more than a server leaves open; the oldest is forgotten beyond it. */
    private static final int MOST = 64;

    private final Deque<Long> open = new ArrayDeque<>(2);

    void asked(ByteBuf body, Wire wire) {
        if (open.size() == MOST) {
            open.removeFirst();
        }
        open.addLast(id(body, wire));
    }

    /** Whether the server is waiting for this answer. */
    boolean answered(long id) {
        return open.removeFirstOccurrence(id);
    }

    private static long id(ByteBuf body, Wire wire) {
        return PacketCodec.decode(wire.version(), KeepAlive.TYPE, body).id();
    }
}
