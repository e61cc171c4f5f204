package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How one value is written: for every protocol, since a type may be composed of ranges.
 *
 * <p>Reading checks lengths before it allocates and throws {@link BadPacketException}, or Netty's
 * IndexOutOfBoundsException where the buffer ends, which {@link PacketCodec} turns into one. Writing throws
 * IllegalArgumentException for a value that the wire cannot carry.
 */
public interface WireType<T> {
    T read(ByteBuf in, int protocol);

    void write(ByteBuf out, T value, int protocol);

    /** Reads a value in the form of this protocol. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ByteBuf in, int protocol);
    }

    /** Writes a value in the form of this protocol. */
    @FunctionalInterface
    interface Writer<T> {
        void write(ByteBuf out, T value, int protocol);
    }

    static <T> WireType<T> of(Reader<T> reader, Writer<T> writer) {
        return new WireType<>() {
            @Override
            public T read(ByteBuf in, int protocol) {
                return reader.read(in, protocol);
            }

            @Override
            public void write(ByteBuf out, T value, int protocol) {
                writer.write(out, value, protocol);
            }
        };
    }

    /** This type up to and including {@code last}, another one in later versions. */
    default WireType<T> until(int last, WireType<T> later) {
        return of(
            (in, protocol) -> (protocol <= last ? this : later).read(in, protocol),
            (out, value, protocol) -> (protocol <= last ? this : later).write(out, value, protocol)
        );
    }

    /** Not on the wire before {@code first}, where reading gives {@code absent} and writing drops the value. */
    default WireType<T> since(int first, T absent) {
        return between(first, Integer.MAX_VALUE, absent);
    }

    /** On the wire up to {@code last} only; later reading gives {@code absent} and writing drops the value. */
    default WireType<T> upTo(int last, T absent) {
        return between(0, last, absent);
    }

    /** On the wire from {@code first} to {@code last} only; elsewhere reading gives {@code absent}. */
    default WireType<T> between(int first, int last, T absent) {
        return of(
            (in, protocol) -> first <= protocol && protocol <= last ? read(in, protocol) : absent,
            (out, value, protocol) -> {
                if (first <= protocol && protocol <= last) {
                    write(out, value, protocol);
                }
            }
        );
    }

    /** The same bytes as another Java type. */
    default <U> WireType<U> as(Function<T, U> wrap, Function<U, T> unwrap) {
        return of(
            (in, protocol) -> wrap.apply(read(in, protocol)),
            (out, value, protocol) -> write(out, unwrap.apply(value), protocol)
        );
    }

    /** A boolean that says whether the value follows. */
    default WireType<Optional<T>> optional() {
        return of(
            (in, protocol) -> in.readBoolean() ? Optional.of(read(in, protocol)) : Optional.empty(),
            (out, value, protocol) -> {
                out.writeBoolean(value.isPresent());
                value.ifPresent(present -> write(out, present, protocol));
            }
        );
    }

    /** Always there, for a field that is optional in other versions; an empty value cannot be written. */
    default WireType<Optional<T>> required() {
        return of(
            (in, protocol) -> Optional.of(read(in, protocol)),
            (out, value, protocol) ->
                write(
                    out,
                    value.orElseThrow(() ->
                        new IllegalArgumentException(
                            "protocol " + protocol + " needs a value that is optional elsewhere"
                        )
                    ),
                    protocol
                )
        );
    }

    /** A varint count, at most {@code max}, and as many values. */
    default WireType<List<T>> list(int max) {
        return of(
            (in, protocol) -> {
                int count = WireTypes.readCount(in, max);
                List<T> values = new ArrayList<>(Math.min(count, 64));
                for (int i = 0; i < count; i++) {
                    values.add(read(in, protocol));
                }
                return List.copyOf(values);
            },
            (out, values, protocol) -> {
                WireTypes.writeCount(out, values.size(), max);
                for (T value : values) {
                    write(out, value, protocol);
                }
            }
        );
    }
}
