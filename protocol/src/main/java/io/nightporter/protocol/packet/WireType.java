package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one value is written: for every protocol, since a type may be composed of ranges.
 *
 * <p>Reading checks lengths before it allocates and throws {@link BadPacketException}, never anything else, for what a
 * hostile peer may have sent.
 */
public interface WireType<T> {
    T read(ByteBuf in, int protocol);

    void write(ByteBuf out, T value, int protocol);

    /** This type up to and including {@code last}, another one in later versions. */
    default WireType<T> until(int last, WireType<T> later) {
        WireType<T> earlier = this;
        return new WireType<>() {
            @Override
            public T read(ByteBuf in, int protocol) {
                return (protocol <= last ? earlier : later).read(in, protocol);
            }

            @Override
            public void write(ByteBuf out, T value, int protocol) {
                (protocol <= last ? earlier : later).write(out, value, protocol);
            }
        };
    }

    /** Not on the wire before {@code first}, where reading gives {@code absent} and writing drops the value. */
    default WireType<T> since(int first, T absent) {
        return between(first, Integer.MAX_VALUE, absent);
    }

    /** On the wire from {@code first} to {@code last} only; elsewhere reading gives {@code absent}. */
    default WireType<T> between(int first, int last, T absent) {
        WireType<T> type = this;
        return new WireType<>() {
            @Override
            public T read(ByteBuf in, int protocol) {
                return first <= protocol && protocol <= last ? type.read(in, protocol) : absent;
            }

            @Override
            public void write(ByteBuf out, T value, int protocol) {
                if (first <= protocol && protocol <= last) {
                    type.write(out, value, protocol);
                }
            }
        };
    }

    /** A boolean that says whether the value follows. */
    default WireType<Optional<T>> optional() {
        WireType<T> type = this;
        return new WireType<>() {
            @Override
            public Optional<T> read(ByteBuf in, int protocol) {
                return WireTypes.BOOL.read(in, protocol) ? Optional.of(type.read(in, protocol)) : Optional.empty();
            }

            @Override
            public void write(ByteBuf out, Optional<T> value, int protocol) {
                out.writeBoolean(value.isPresent());
                value.ifPresent(present -> type.write(out, present, protocol));
            }
        };
    }

    /** A varint count, at most {@code max}, and as many values. */
    default WireType<List<T>> list(int max) {
        WireType<T> type = this;
        return new WireType<>() {
            @Override
            public List<T> read(ByteBuf in, int protocol) {
                int count = WireTypes.readCount(in, max);
                List<T> values = new ArrayList<>(Math.min(count, 64));
                for (int i = 0; i < count; i++) {
                    values.add(type.read(in, protocol));
                }
                return List.copyOf(values);
            }

            @Override
            public void write(ByteBuf out, List<T> values, int protocol) {
                WireTypes.writeCount(out, values.size(), max);
                for (T value : values) {
                    type.write(out, value, protocol);
                }
            }
        };
    }
}
