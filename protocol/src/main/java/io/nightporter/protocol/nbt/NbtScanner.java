package io.nightporter.protocol.nbt;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.BadPacketException;
import java.util.Arrays;

/**
 * Finds where an NBT tag ends, without building it: one pass, a small stack of its own, no allocation by what the
 * bytes claim.
 *
 * <p>Names of types and payload sizes are those of the NBT format: a byte of type, for named tags a modified UTF-8 name
 * with its length as u16, and the payload.
 */
public final class NbtScanner {

    /** As deep as the game itself reads. */
    public static final int MAX_DEPTH = 512;

    private static final int END = 0;
    private static final int BYTE_ARRAY = 7;
    private static final int STRING = 8;
    private static final int LIST = 9;
    private static final int COMPOUND = 10;
    private static final int INT_ARRAY = 11;
    private static final int LONG_ARRAY = 12;

    /** In place of a count: an open compound, which ends with a tag of type {@link #END}. */
    private static final int OPEN_COMPOUND = -1;

    private final ByteBuf in;
    private final int end;

    /** What is open around the current tag: elements that are left and their type, for a list. */
    private int[] left = new int[16];

    private byte[] elementTypes = new byte[16];
    private int depth;
    private int index;

    private NbtScanner(ByteBuf in, int maxBytes) {
        this.in = in;
        this.index = in.readerIndex();
        this.end = index + Math.min(maxBytes, in.readableBytes());
    }

    /**
     * The length of the tag that begins at the reader index, which stays where it is. A lone end tag is 1 byte long.
     *
     * @param named whether the outermost tag has a name, as on the wire before 1.20.2
     * @throws BadPacketException when the tag is malformed, deeper than {@value #MAX_DEPTH} levels, or longer than
     *     {@code maxBytes} or the buffer
     */
    public static int length(ByteBuf in, boolean named, int maxBytes) {
        return new NbtScanner(in, maxBytes).scan(named);
    }

    private int scan(boolean named) {
        int type = readByte();
        if (type != END) {
            if (named) {
                skip(readUnsignedShort());
            }
            enter(type);
            while (depth > 0) {
                step();
            }
        }
        return index - in.readerIndex();
    }

    /** One element of what is innermost. */
    private void step() {
        int top = depth - 1;
        if (left[top] == OPEN_COMPOUND) {
            int type = readByte();
            if (type == END) {
                depth--;
            } else {
                skip(readUnsignedShort());
                enter(type);
            }
        } else if (left[top] == 0) {
            depth--;
        } else {
            left[top]--;
            enter(elementTypes[top]);
        }
    }

    /** Skips a payload, or opens it when it has parts. */
    private void enter(int type) {
        switch (type) {
            case 1, 2, 3, 4, 5, 6 -> skip(fixedSize(type));
            case BYTE_ARRAY -> skip(readLength());
            case STRING -> skip(readUnsignedShort());
            case INT_ARRAY -> skip(4L * readLength());
            case LONG_ARRAY -> skip(8L * readLength());
            case COMPOUND -> push(OPEN_COMPOUND, COMPOUND);
            case LIST -> enterList();
            default -> throw new BadPacketException("bad_nbt", "an NBT tag of the unknown type " + type);
        }
    }

    private void enterList() {
        int elementType = readByte();
        // A negative count means an empty list, as the game itself reads it.
        int count = Math.max(0, readInt());
        if (count > 0 && (elementType <= END || elementType > LONG_ARRAY)) {
            throw new BadPacketException("bad_nbt", "an NBT list of the unknown type " + elementType);
        }
        if (elementType >= 1 && elementType <= 6) {
            skip((long) count * fixedSize(elementType));
        } else {
            push(count, elementType);
        }
    }

    private void push(int count, int elementType) {
        if (depth == MAX_DEPTH) {
            throw new BadPacketException("bad_nbt", "NBT of more than " + MAX_DEPTH + " levels");
        }
        if (depth == left.length) {
            left = Arrays.copyOf(left, depth * 2);
            elementTypes = Arrays.copyOf(elementTypes, depth * 2);
        }
        left[depth] = count;
        elementTypes[depth] = (byte) elementType;
        depth++;
    }

    private static int fixedSize(int type) {
        return switch (type) {
            case 1 -> 1;
            case 2 -> 2;
            case 3, 5 -> 4;
            default -> 8;
        };
    }

    private int readLength() {
        int length = readInt();
        if (length < 0) {
            throw new BadPacketException("bad_nbt", "an NBT array of the length " + length);
        }
        return length;
    }

    private int readByte() {
        int at = index;
        skip(1);
        return in.getByte(at);
    }

    private int readUnsignedShort() {
        int at = index;
        skip(2);
        return in.getUnsignedShort(at);
    }

    private int readInt() {
        int at = index;
        skip(4);
        return in.getInt(at);
    }

    private void skip(long bytes) {
        if (bytes > end - index) {
            throw new BadPacketException("bad_nbt", "NBT that is longer than the packet or than allowed");
        }
        index += (int) bytes;
    }
}
