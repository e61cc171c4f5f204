package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.nbt.NbtScanner;
import io.nightporter.protocol.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The types that fields are made of. Numbers are big-endian. */
public final class WireTypes {

    /** Component texts have at most this many characters in every version. */
    private static final int MAX_TEXT = 262_144;

    /** The largest NBT that is accepted: what fits into an uncompressed frame. */
    private static final int MAX_NBT = 1 << 21;

    public static final WireType<Boolean> BOOL = WireType.of(
        (in, protocol) -> in.readByte() != 0,
        (out, value, protocol) -> out.writeBoolean(value)
    );

    /** A signed byte. */
    public static final WireType<Integer> BYTE = WireType.of(
        (in, protocol) -> (int) in.readByte(),
        (out, value, protocol) -> out.writeByte(checked(value, Byte.MIN_VALUE, Byte.MAX_VALUE))
    );

    public static final WireType<Integer> UBYTE = WireType.of(
        (in, protocol) -> (int) in.readUnsignedByte(),
        (out, value, protocol) -> out.writeByte(checked(value, 0, 0xFF))
    );

    public static final WireType<Integer> SHORT = WireType.of(
        (in, protocol) -> (int) in.readShort(),
        (out, value, protocol) -> out.writeShort(checked(value, Short.MIN_VALUE, Short.MAX_VALUE))
    );

    public static final WireType<Integer> USHORT = WireType.of(
        (in, protocol) -> in.readUnsignedShort(),
        (out, value, protocol) -> out.writeShort(checked(value, 0, 0xFFFF))
    );

    public static final WireType<Integer> INT = WireType.of(
        (in, protocol) -> in.readInt(),
        (out, value, protocol) -> out.writeInt(value)
    );

    public static final WireType<Long> LONG = WireType.of(
        (in, protocol) -> in.readLong(),
        (out, value, protocol) -> out.writeLong(value)
    );

    public static final WireType<Float> FLOAT = WireType.of(
        (in, protocol) -> in.readFloat(),
        (out, value, protocol) -> out.writeFloat(value)
    );

    public static final WireType<Double> DOUBLE = WireType.of(
        (in, protocol) -> in.readDouble(),
        (out, value, protocol) -> out.writeDouble(value)
    );

    public static final WireType<Integer> VARINT = WireType.of(
        (in, protocol) -> VarInts.read(in),
        (out, value, protocol) -> VarInts.write(out, value)
    );

    /** For a number that older versions send with fewer bits. */
    public static final WireType<Long> INT_AS_LONG = INT.as(Integer::longValue, Math::toIntExact);

    /** For a number that older versions send with fewer bits. */
    public static final WireType<Long> VARINT_AS_LONG = VARINT.as(Integer::longValue, Math::toIntExact);

    /** 16 bytes. */
    public static final WireType<UUID> UUID_BINARY = WireType.of(
        (in, protocol) -> new UUID(in.readLong(), in.readLong()),
        (out, value, protocol) -> {
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        }
    );

    /** Text of 36 characters. Read with or without hyphens, since old servers send either. */
    public static final WireType<UUID> UUID_DASHED = string(36).as(WireTypes::parseUuid, UUID::toString);

    /** Text of 32 characters. Read with or without hyphens, since old servers send either. */
    public static final WireType<UUID> UUID_UNDASHED = string(36).as(WireTypes::parseUuid, uuid ->
        uuid.toString().replace("-", "")
    );

    /** A name such as {@code minecraft:brand}; whether it is well formed is left to whoever looks it up. */
    public static final WireType<String> IDENTIFIER = string(32_767);

    /** Three ints in 1.7; later a packed long: x, y, z until 1.13.2; x, z, y from 1.14 on. */
    public static final WireType<BlockPosition> POSITION = WireTypes.<BlockPosition>struct(f ->
        new BlockPosition(
            f.field(BlockPosition::x, INT),
            f.field(BlockPosition::y, INT),
            f.field(BlockPosition::z, INT)
        )
    ).until(
        5,
        WireType.of(
            (in, protocol) -> unpack(in.readLong(), protocol),
            (out, value, protocol) -> out.writeLong(pack(value, protocol))
        )
    );

    /** A whole NBT tag as its bytes, type included: with a name until 1.20.1, without one from 1.20.2 on. */
    public static final WireType<Bytes> NBT = nbt(true).until(763, nbt(false));

    /** A component as JSON, whatever the version. */
    public static final WireType<Text> JSON_TEXT = WireType.of(
        (in, protocol) -> Text.ofJson(readString(in, MAX_TEXT)),
        (out, value, protocol) -> writeString(out, value.json(protocol), MAX_TEXT)
    );

    /** A component: JSON until 1.20.2, NBT from 1.20.3 on. */
    public static final WireType<Text> TEXT = WireType.of(
        (in, protocol) ->
            protocol < Text.NBT_SINCE
                ? Text.ofJson(readString(in, MAX_TEXT))
                : Text.ofNbt(readNbt(in, false).toArray()),
        (out, value, protocol) -> {
            if (protocol < Text.NBT_SINCE) {
                writeString(out, value.json(protocol), MAX_TEXT);
            } else {
                out.writeBytes(value.nbt(protocol));
            }
        }
    );

    public static final WireType<List<ProfileProperty>> PROFILE_PROPERTIES = WireTypes.<ProfileProperty>struct(f ->
        new ProfileProperty(
            f.field(ProfileProperty::name, string(32_767)),
            f.field(ProfileProperty::value, string(32_767)),
            f.field(ProfileProperty::signature, string(32_767).optional())
        )
    ).list(256);

    private WireTypes() {}

    /**
     * Text of at most {@code maxChars} UTF-16 units, in UTF-8 behind a varint of its bytes. Up to four bytes a
     * character are accepted, as old versions allow.
     */
    public static WireType<String> string(int maxChars) {
        return string(maxChars, maxChars);
    }

    /** Text with another limit for what is written than for what is read. */
    public static WireType<String> string(int maxReadChars, int maxWrittenChars) {
        return WireType.of(
            (in, protocol) -> readString(in, maxReadChars),
            (out, value, protocol) -> writeString(out, value, maxWrittenChars)
        );
    }

    /** At most {@code max} bytes behind a varint of their number. */
    public static WireType<Bytes> bytes(int max) {
        return WireType.of(
            (in, protocol) -> readBytes(in, readCount(in, max)),
            (out, value, protocol) -> {
                writeCount(out, value.size(), max);
                value.writeTo(out);
            }
        );
    }

    /** At most {@code max} bytes: behind an i16 in 1.7, behind a varint from 1.8 on. */
    public static WireType<Bytes> array(int max) {
        return shortArray(Math.min(max, Short.MAX_VALUE)).until(5, bytes(max));
    }

    /**
     * At most {@code max} bytes behind an i16; where that would be negative, Forge for 1.7 takes its lower 15 bits and
     * a further byte as the upper ones.
     */
    public static WireType<Bytes> extendedShortArray(int max) {
        return WireType.of(
            (in, protocol) -> {
                int length = in.readUnsignedShort();
                if (length > Short.MAX_VALUE) {
                    length = (length & Short.MAX_VALUE) | (in.readUnsignedByte() << 15);
                }
                return readBytes(in, checkCount(length, max));
            },
            (out, value, protocol) -> {
                int length = checked(value.size(), 0, max);
                if (length > Short.MAX_VALUE) {
                    out.writeShort(length | 0x8000);
                    out.writeByte(length >>> 15);
                } else {
                    out.writeShort(length);
                }
                value.writeTo(out);
            }
        );
    }

    /** Exactly so many bytes, without a length in front. */
    public static WireType<Bytes> fixedBytes(int length) {
        return WireType.of(
            (in, protocol) -> readBytes(in, length),
            (out, value, protocol) -> {
                checked(value.size(), length, length);
                value.writeTo(out);
            }
        );
    }

    /** All that is left of the packet, at most {@code max} bytes. */
    public static WireType<Bytes> rest(int max) {
        return WireType.of(
            (in, protocol) -> readBytes(in, checkCount(in.readableBytes(), max)),
            (out, value, protocol) -> {
                checked(value.size(), 0, max);
                value.writeTo(out);
            }
        );
    }

    /** A structure inside a packet, declared as packets are. */
    public static <T> WireType<T> struct(Layout<T> layout) {
        return WireType.of(
            (in, protocol) -> Fields.read(layout, in, protocol),
            (out, value, protocol) -> Fields.write(layout, value, out, protocol)
        );
    }

    /** Nothing on the wire. */
    public static <T> WireType<T> empty(T value) {
        return WireType.of((in, protocol) -> value, (out, written, protocol) -> {});
    }

    /** One of the values that a {@link #choice} may have. */
    public record Variant<T>(Class<T> valueClass, WireType<T> type) {
        void writeCast(ByteBuf out, Object value, int protocol) {
            type.write(out, valueClass.cast(value), protocol);
        }
    }

    public static <T> Variant<T> variant(Class<T> valueClass, WireType<T> type) {
        return new Variant<>(valueClass, type);
    }

    /** A varint that says which of the variants follows, counted from 0, and that one. */
    public static <T> WireType<T> choice(List<? extends Variant<? extends T>> variants) {
        return WireType.of(
            (in, protocol) -> {
                int number = VarInts.read(in);
                if (number < 0 || number >= variants.size()) {
                    throw new BadPacketException(
                        "unknown_choice",
                        "the choice " + number + " where there are 0 to " + (variants.size() - 1)
                    );
                }
                return variants.get(number).type().read(in, protocol);
            },
            (out, value, protocol) -> {
                for (int number = 0; number < variants.size(); number++) {
                    if (variants.get(number).valueClass().isInstance(value)) {
                        VarInts.write(out, number);
                        variants.get(number).writeCast(out, value, protocol);
                        return;
                    }
                }
                throw new IllegalArgumentException("protocol " + protocol + " cannot carry " + value);
            }
        );
    }

    static int readCount(ByteBuf in, int max) {
        return checkCount(VarInts.read(in), max);
    }

    static void writeCount(ByteBuf out, int count, int max) {
        VarInts.write(out, checked(count, 0, max));
    }

    private static int checkCount(int count, int max) {
        if (count < 0 || count > max) {
            throw new BadPacketException("count_too_large", "a count of " + count + " where " + max + " are allowed");
        }
        return count;
    }

    private static int checked(int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " where only " + min + " to " + max + " can be written");
        }
        return value;
    }

    private static Bytes readBytes(ByteBuf in, int length) {
        need(in, length);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private static void need(ByteBuf in, int bytes) {
        if (in.readableBytes() < bytes) {
            throw new BadPacketException("packet_too_short", "a packet ended in the middle of a field");
        }
    }

    private static String readString(ByteBuf in, int maxChars) {
        int length = VarInts.read(in);
        if (length < 0 || length > 4L * maxChars) {
            throw new BadPacketException(
                "string_too_long",
                "a text of " + length + " bytes where " + maxChars + " characters are allowed"
            );
        }
        need(in, length);
        String text = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
        if (text.length() > maxChars) {
            throw new BadPacketException(
                "string_too_long",
                "a text of " + text.length() + " characters where " + maxChars + " are allowed"
            );
        }
        return text;
    }

    private static void writeString(ByteBuf out, String text, int maxChars) {
        if (text.length() > maxChars) {
            throw new IllegalArgumentException(
                "a text of " + text.length() + " characters where " + maxChars + " can be written"
            );
        }
        VarInts.write(out, ByteBufUtil.utf8Bytes(text));
        out.writeCharSequence(text, StandardCharsets.UTF_8);
    }

    private static WireType<Bytes> shortArray(int max) {
        return WireType.of(
            (in, protocol) -> readBytes(in, checkCount(in.readShort(), max)),
            (out, value, protocol) -> {
                out.writeShort(checked(value.size(), 0, max));
                value.writeTo(out);
            }
        );
    }

    private static WireType<Bytes> nbt(boolean named) {
        return WireType.of(
            (in, protocol) -> readNbt(in, named),
            (out, value, protocol) -> {
                checked(value.size(), 1, MAX_NBT);
                value.writeTo(out);
            }
        );
    }

    private static Bytes readNbt(ByteBuf in, boolean named) {
        return readBytes(in, NbtScanner.length(in, named, MAX_NBT));
    }

    private static UUID parseUuid(String text) {
        String digits = text.length() == 36 ? text.replace("-", "") : text;
        try {
            if (digits.length() == 32) {
                return new UUID(
                    HexFormat.fromHexDigitsToLong(digits, 0, 16),
                    HexFormat.fromHexDigitsToLong(digits, 16, 32)
                );
            }
        } catch (NumberFormatException e) {
            // Falls through to the one complaint about all malformed ids.
        }
        throw new BadPacketException("bad_uuid", "a text that is not a UUID where one is due");
    }

    private static BlockPosition unpack(long packed, int protocol) {
        int x = (int) (packed >> 38);
        return protocol < 477
            ? new BlockPosition(x, (int) ((packed << 26) >> 52), (int) ((packed << 38) >> 38))
            : new BlockPosition(x, (int) ((packed << 52) >> 52), (int) ((packed << 26) >> 38));
    }

    private static long pack(BlockPosition position, int protocol) {
        long x = signed(position.x(), 26);
        long y = signed(position.y(), 12);
        long z = signed(position.z(), 26);
        return protocol < 477 ? (x << 38) | (y << 26) | z : (x << 38) | (z << 12) | y;
    }

    private static long signed(int value, int bits) {
        int limit = 1 << (bits - 1);
        return checked(value, -limit, limit - 1) & ((1L << bits) - 1);
    }
}
