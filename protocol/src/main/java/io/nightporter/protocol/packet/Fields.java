package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import java.util.function.Function;

/** The fields of a packet, or of a structure inside one, on their way in or out; see {@link Layout}. */
public abstract sealed class Fields<P> {

    final int protocol;

    private Fields(int protocol) {
        this.protocol = protocol;
    }

    /** Whether the connection speaks this protocol or a later one. For layouts whose order of fields changed. */
    public final boolean since(int first) {
        return protocol >= first;
    }

    /** The next field on the wire: read, or taken from the packet and written. */
    public abstract <T> T field(Function<P, T> getter, WireType<T> type);

    static <P> P read(Layout<P> layout, ByteBuf in, int protocol) {
        return layout.pass(new Reading<>(in, protocol));
    }

    static <P> void write(Layout<P> layout, P packet, ByteBuf out, int protocol) {
        layout.pass(new Writing<>(packet, out, protocol));
    }

    private static final class Reading<P> extends Fields<P> {

        private final ByteBuf in;

        Reading(ByteBuf in, int protocol) {
            super(protocol);
            this.in = in;
        }

        @Override
        public <T> T field(Function<P, T> getter, WireType<T> type) {
            return type.read(in, protocol);
        }
    }

    private static final class Writing<P> extends Fields<P> {

        private final P packet;
        private final ByteBuf out;

        Writing(P packet, ByteBuf out, int protocol) {
            super(protocol);
            this.packet = packet;
            this.out = out;
        }

        @Override
        public <T> T field(Function<P, T> getter, WireType<T> type) {
            T value = getter.apply(packet);
            type.write(out, value, protocol);
            return value;
        }
    }
}
