package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes as a value: immutable, equal by content, and never printed, since they may be a key or a token. */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** A copy of the array. */
    public static Bytes of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** The text in UTF-8, without a length in front. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The readable bytes, which are not consumed. The buffer stays the caller's. */
    public static Bytes copyOf(ByteBuf buffer) {
        byte[] copy = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), copy);
        return wrap(copy);
    }

    /** Takes the array over: the caller must not keep it. */
    static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    public int size() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    public byte[] toArray() {
        return array.clone();
    }

    /** A read-only view on the heap, which needs no release. */
    public ByteBuf toBuffer() {
        return Unpooled.wrappedBuffer(array).asReadOnly();
    }

    /** The bytes read as UTF-8. */
    public String asUtf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return array.length == 1 ? "1 byte" : array.length + " bytes";
    }
}
