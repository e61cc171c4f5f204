package io.nightporter.protocol.nbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.BadPacketException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.BinaryTagTypes;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import net.kyori.adventure.nbt.IntBinaryTag;
import net.kyori.adventure.nbt.ListBinaryTag;
import net.kyori.adventure.nbt.StringBinaryTag;
import org.junit.jupiter.api.Test;

class NbtScannerTest {

    private static final int LIMIT = 1 << 20;

    @Test
    void findsTheEndOfATagThatHasEveryType() throws IOException {
        CompoundBinaryTag tag = CompoundBinaryTag.builder()
            .putByte("byte", (byte) 1)
            .putShort("short", (short) 2)
            .putInt("int", 3)
            .putLong("long", 4)
            .putFloat("float", 5)
            .putDouble("double", 6)
            .putByteArray("bytes", new byte[] { 1, 2, 3 })
            .putString("string", "ä中😀")
            .putIntArray("ints", new int[] { 1, 2 })
            .putLongArray("longs", new long[] { 1 })
            .put(
                "strings",
                ListBinaryTag.builder(BinaryTagTypes.STRING).add(StringBinaryTag.stringBinaryTag("x")).build()
            )
            .put("numbers", ListBinaryTag.builder(BinaryTagTypes.INT).add(IntBinaryTag.intBinaryTag(7)).build())
            .put("nothing", ListBinaryTag.empty())
            .put(
                "lists",
                ListBinaryTag.builder(BinaryTagTypes.LIST)
                    .add(ListBinaryTag.builder(BinaryTagTypes.COMPOUND).add(CompoundBinaryTag.empty()).build())
                    .build()
            )
            .put("inner", CompoundBinaryTag.builder().put("empty", CompoundBinaryTag.empty()).build())
            .build();
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        BinaryTagIO.writer().writeNamed(Map.entry("root", tag), named);
        ByteArrayOutputStream nameless = new ByteArrayOutputStream();
        BinaryTagIO.writer().writeNameless(tag, nameless);

        assertThat(lengthWithMoreBehind(named.toByteArray(), true)).isEqualTo(named.size());
        assertThat(lengthWithMoreBehind(nameless.toByteArray(), false)).isEqualTo(nameless.size());
    }

    @Test
    void aLoneEndTagIsOneByte() {
        assertThat(NbtScanner.length(bytes(0, 5, 5), true, LIMIT)).isEqualTo(1);
        assertThat(NbtScanner.length(bytes(0, 5, 5), false, LIMIT)).isEqualTo(1);
    }

    @Test
    void aListOfNegativeLengthIsEmpty() {
        assertThat(NbtScanner.length(bytes(9, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1), false, LIMIT)).isEqualTo(6);
    }

    @Test
    void refusesTagsThatClaimMoreThanThereIs() {
        refuses(bytes(7, 0x7F, 0xFF, 0xFF, 0xFF), "longer than the packet");
        refuses(bytes(12, 0x7F, 0xFF, 0xFF, 0xFF), "longer than the packet");
        refuses(bytes(9, 6, 0x7F, 0xFF, 0xFF, 0xFF), "longer than the packet");
        refuses(bytes(9, 10, 0x7F, 0xFF, 0xFF, 0xFF, 0), "longer than the packet");
        refuses(bytes(11, 0xFF, 0xFF, 0xFF, 0xFF), "an NBT array of the length -1");
        refuses(bytes(10), "longer than the packet");
        refuses(bytes(), "longer than the packet");
    }

    @Test
    void refusesUnknownTypes() {
        refuses(bytes(13, 0, 0, 0, 0), "unknown type 13");
        refuses(bytes(9, 0, 0, 0, 0, 1), "a list of the unknown type 0".substring(2));
        refuses(bytes(9, 0xFF, 0, 0, 0, 1), "unknown type -1");
    }

    @Test
    void refusesNestingThatTheGameRefuses() {
        assertThat(NbtScanner.length(nestedCompounds(512), false, LIMIT)).isEqualTo(1 + 511 * 3 + 512);
        refuses(nestedCompounds(513), "more than 512 levels");
        ByteBuf lists = Unpooled.buffer().writeByte(9);
        for (int i = 0; i < 100_000; i++) {
            lists.writeByte(9).writeInt(1);
        }
        refuses(lists, "more than 512 levels");
    }

    @Test
    void refusesTagsLongerThanAllowed() {
        ByteBuf tag = bytes(7, 0, 0, 0, 2, 1, 1);
        assertThat(NbtScanner.length(tag, false, 7)).isEqualTo(7);
        assertThatThrownBy(() -> NbtScanner.length(tag, false, 6)).isInstanceOf(BadPacketException.class);
    }

    private static ByteBuf nestedCompounds(int levels) {
        ByteBuf tag = Unpooled.buffer().writeByte(10);
        for (int i = 1; i < levels; i++) {
            tag.writeByte(10).writeShort(0);
        }
        return tag.writeZero(levels);
    }

    private static int lengthWithMoreBehind(byte[] tag, boolean named) {
        return NbtScanner.length(Unpooled.wrappedBuffer(tag, new byte[] { 1, 2, 3 }), named, LIMIT);
    }

    private static void refuses(ByteBuf tag, String message) {
        assertThatThrownBy(() -> NbtScanner.length(tag, false, LIMIT))
            .isInstanceOf(BadPacketException.class)
            .hasMessageContaining(message);
    }

    private static ByteBuf bytes(int... values) {
        ByteBuf buffer = Unpooled.buffer();
        for (int value : values) {
            buffer.writeByte(value);
        }
        return buffer;
    }
}
