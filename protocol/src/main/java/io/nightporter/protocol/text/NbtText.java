package io.nightporter.protocol.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.nbt.NbtScanner;
import io.nightporter.protocol.packet.BadPacketException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.kyori.adventure.nbt.BinaryTag;
import net.kyori.adventure.nbt.BinaryTagType;
import net.kyori.adventure.nbt.BinaryTagTypes;
import net.kyori.adventure.nbt.ByteArrayBinaryTag;
import net.kyori.adventure.nbt.ByteBinaryTag;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import net.kyori.adventure.nbt.DoubleBinaryTag;
import net.kyori.adventure.nbt.FloatBinaryTag;
import net.kyori.adventure.nbt.IntArrayBinaryTag;
import net.kyori.adventure.nbt.IntBinaryTag;
import net.kyori.adventure.nbt.ListBinaryTag;
import net.kyori.adventure.nbt.LongArrayBinaryTag;
import net.kyori.adventure.nbt.LongBinaryTag;
import net.kyori.adventure.nbt.NumberBinaryTag;
import net.kyori.adventure.nbt.StringBinaryTag;
import net.kyori.adventure.text.Component;

/**
 * Components as NBT without a root name, as 1.20.3 and later have them on the wire. The game itself defines one shape
 * for both JSON and NBT, so the tree that Adventure makes for JSON is translated value by value.
 */
public final class NbtText {

    /** NBT has no booleans; these fields of a text are some, and Adventure's reader wants them as such. */
    private static final Set<String> BOOLEANS = Set.of(
        "bold",
        "italic",
        "underlined",
        "strikethrough",
        "obfuscated",
        "interpret",
        "plain",
        "hat"
    );

    /** The key under which the game wraps elements of lists whose types differ, as NBT lists have one type only. */
    private static final String WRAPPED = "";

    static {
        // Adventure finds a tag type by its number only after the class that lists them has been initialised.
        Objects.requireNonNull(BinaryTagTypes.COMPOUND);
    }

    private NbtText() {}

    /**
     * The component in the shape of this protocol, type byte included.
     *
     * @throws IllegalArgumentException when one of its strings has more than 65535 bytes
     */
    public static byte[] write(Component component, int protocol) {
        return bytes(toTag(JsonText.writeTree(component, protocol)));
    }

    /**
     * @param nbt a tag without a name, type byte included
     * @throws IllegalArgumentException when this is not NBT, or not a text
     */
    public static Component read(byte[] nbt) {
        try {
            return JsonText.readTree(toJson(tag(nbt), 0));
        } catch (BadPacketException e) {
            throw new IllegalArgumentException("not a text in NBT: " + e.getMessage(), e);
        }
    }

    static Component readLeniently(byte[] nbt) {
        try {
            return read(nbt);
        } catch (IllegalArgumentException e) {
            return Component.text("(a text that cannot be shown)");
        }
    }

    private static BinaryTag tag(byte[] nbt) {
        // The scanner also bounds depth and sizes, which Adventure's reader would believe.
        if (NbtScanner.length(Unpooled.wrappedBuffer(nbt), false, nbt.length) != nbt.length) {
            throw new IllegalArgumentException("NBT that goes on after its end");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(nbt))) {
            return BinaryTagType.binaryTagType(in.readByte()).read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a text in NBT: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(BinaryTag tag) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(tag.type().id());
            writePayload(tag, out);
        } catch (IOException e) {
            throw new IllegalArgumentException("a string of more than 65535 bytes cannot be NBT", e);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private static <T extends BinaryTag> void writePayload(T tag, DataOutputStream out) throws IOException {
        // A tag's type() is the type of that very tag; the interface cannot say so.
        ((BinaryTagType<T>) tag.type()).write(tag, out);
    }

    private static JsonElement toJson(BinaryTag tag, int depth) {
        if (depth > JsonText.MAX_DEPTH) {
            throw new IllegalArgumentException("a text of more than " + JsonText.MAX_DEPTH + " levels");
        }
        return switch (tag) {
            case StringBinaryTag string -> new JsonPrimitive(string.value());
            case NumberBinaryTag number -> new JsonPrimitive(number.numberValue());
            case CompoundBinaryTag compound -> {
                JsonObject object = new JsonObject();
                compound.forEach(entry -> object.add(entry.getKey(), field(entry.getKey(), entry.getValue(), depth)));
                yield object;
            }
            case ListBinaryTag list -> {
                JsonArray array = new JsonArray();
                list.forEach(element -> array.add(toJson(unwrapped(element), depth + 1)));
                yield array;
            }
            case ByteArrayBinaryTag bytes -> {
                JsonArray array = new JsonArray();
                for (byte b : bytes.value()) {
                    array.add(b);
                }
                yield array;
            }
            case IntArrayBinaryTag ints -> {
                JsonArray array = new JsonArray();
                ints.forEachInt(array::add);
                yield array;
            }
            case LongArrayBinaryTag longs -> {
                JsonArray array = new JsonArray();
                longs.forEachLong(array::add);
                yield array;
            }
            default -> throw new IllegalArgumentException("a text cannot hold " + tag.type());
        };
    }

    private static JsonElement field(String key, BinaryTag value, int depth) {
        return value instanceof ByteBinaryTag flag && BOOLEANS.contains(key)
            ? new JsonPrimitive(flag.value() != 0)
            : toJson(value, depth + 1);
    }

    private static BinaryTag unwrapped(BinaryTag element) {
        if (element instanceof CompoundBinaryTag compound && compound.size() == 1) {
            BinaryTag inner = compound.get(WRAPPED);
            return inner == null ? element : inner;
        }
        return element;
    }

    private static BinaryTag toTag(JsonElement json) {
        return switch (json) {
            case JsonObject object -> {
                CompoundBinaryTag.Builder compound = CompoundBinaryTag.builder();
                object
                    .entrySet()
                    .stream()
                    .filter(entry -> !entry.getValue().isJsonNull())
                    .forEach(entry -> compound.put(entry.getKey(), toTag(entry.getValue())));
                yield compound.build();
            }
            case JsonArray array -> listTag(array);
            case JsonPrimitive primitive when primitive.isBoolean() -> ByteBinaryTag.byteBinaryTag(
                (byte) (primitive.getAsBoolean() ? 1 : 0)
            );
            case JsonPrimitive primitive when primitive.isNumber() -> numberTag(primitive.getAsBigDecimal());
            case JsonPrimitive primitive -> StringBinaryTag.stringBinaryTag(primitive.getAsString());
            default -> throw new IllegalArgumentException("a text cannot hold " + json);
        };
    }

    private static BinaryTag numberTag(BigDecimal number) {
        try {
            long whole = number.longValueExact();
            return whole == (int) whole ? IntBinaryTag.intBinaryTag((int) whole) : LongBinaryTag.longBinaryTag(whole);
        } catch (ArithmeticException e) {
            double value = number.doubleValue();
            boolean single = value == (float) value && Double.isFinite(value);
            return single ? FloatBinaryTag.floatBinaryTag((float) value) : DoubleBinaryTag.doubleBinaryTag(value);
        }
    }

    private static BinaryTag listTag(JsonArray array) {
        List<BinaryTag> elements = new ArrayList<>();
        array.forEach(element -> elements.add(toTag(element)));
        List<BinaryTagType<?>> types = elements.stream().<BinaryTagType<?>>map(BinaryTag::type).distinct().toList();
        if (types.isEmpty()) {
            return ListBinaryTag.empty();
        }
        if (types.size() > 1) {
            elements.replaceAll(NbtText::wrapped);
            return ListBinaryTag.listBinaryTag(BinaryTagTypes.COMPOUND, elements);
        }
        if (types.getFirst().equals(BinaryTagTypes.INT)) {
            // UUIDs in hover events are four ints, which the game wants as an array.
            return IntArrayBinaryTag.intArrayBinaryTag(
                elements
                    .stream()
                    .mapToInt(element -> ((IntBinaryTag) element).value())
                    .toArray()
            );
        }
        return ListBinaryTag.listBinaryTag(types.getFirst(), elements);
    }

    private static BinaryTag wrapped(BinaryTag element) {
        return element instanceof CompoundBinaryTag
            ? element
            : CompoundBinaryTag.builder().put(WRAPPED, element).build();
    }
}
