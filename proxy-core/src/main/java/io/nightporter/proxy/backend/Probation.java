package io.nightporter.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that has let in a player who is still elsewhere. It is listened to until it is sure that it takes the player,
 * so that a server that fails disturbs nobody.
 */
public abstract class Probation implements Phase {

    /** Registries of modded servers are large; the same limit as in the relay. */
    static final int LARGEST_PACKET = 8 << 20;

    final Wire wire;
    private final Listener listener;
    private boolean over;

    /** Who wants to know. Exactly one of the two is called, once. */
    public interface Listener {
        /**
         * The server takes the player. Its connection reads nothing for now.
         *
         * @param configuration what it has told already; null before 1.20.2
         */
        void passed(@Nullable Configuration configuration);

        /**
         * It does not.
         *
         * @param goodbye what it said, if it did
         */
        void failed(String label, @Nullable Text goodbye);
    }

    /**
     * What a server has told in its configuration.
     *
     * @param packets ids and bodies, in order
     * @param finished whether the server has finished; otherwise it goes on with the client
     */
    public record Configuration(List<Taken> packets, boolean finished) {}

    /**
     * @param name in the table of packet ids
     * @param body without the id
     */
    public record Taken(String name, Bytes body) {}

    Probation(Wire wire, Listener listener) {
        this.wire = wire;
        this.listener = listener;
    }

    /** Listens to the server from now on. */
    void listen() {
        wire.phase(this);
        wire.otherSideHasRoom(true);
        wire.offerPending();
    }

    boolean isOver() {
        return over;
    }

    void pass(@Nullable Configuration configuration) {
        if (!over) {
            over = true;
            wire.pause(Wire.Pause.OTHER_SIDE);
            wire.flush();
            listener.passed(configuration);
        }
    }

    /** The server says goodbye: the body of that packet. */
    void fail(ByteBuf goodbye) {
        fail("kicked", PacketCodec.decode(wire.version(), Disconnect.TYPE, goodbye).reason());
    }

    private void fail(String label, @Nullable Text goodbye) {
        if (!over) {
            over = true;
            wire.close();
            listener.failed(label, goodbye);
        }
    }

    @Override
    public void silent(Wire silent) {
        fail("timed_out", null);
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        fail("nonsense", null);
    }

    @Override
    public void closed() {
        fail("closed", null);
    }
}
