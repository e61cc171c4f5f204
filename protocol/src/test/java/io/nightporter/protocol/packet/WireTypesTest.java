package io.nightporter.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.text.Text;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTypesTest {

    private static final int NEWEST = 777;

    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void aTextIsCountedInCharactersAndMayHaveFourBytesForEach() {
        WireType<String> three = WireTypes.string(3);
        assertThat(read(three, write(three, "中中中"))).isEqualTo("中中中");
        assertThat(write(three, "中中中")).isEqualTo("09e4b8ade4b8ade4b8ad");
        assertThat(read(three, "04f09f9880")).isEqualTo("😀");
        assertThatThrownBy(() -> read(three, "0461616161"))
            .isInstanceOf(BadPacketException.class)
            .hasMessage("a text of 4 characters where 3 are allowed");
        assertThatThrownBy(() -> read(three, "0d61616161616161616161616161"))
            .isInstanceOf(BadPacketException.class)
            .hasMessage("a text of 13 bytes where 3 characters are allowed");
        assertThatThrownBy(() -> write(three, "aaaa")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextThatClaimsMoreThanThereIsIsRefusedBeforeItIsAllocated() {
        assertThatThrownBy(() -> read(WireTypes.string(32_767), "fcff0761"))
            .isInstanceOf(BadPacketException.class)
            .hasMessage("a packet ended in the middle of a field");
        assertThatThrownBy(() -> read(WireTypes.string(32_767), "ffffffff0f")).isInstanceOf(BadPacketException.class);
    }

    @Test
    void idsAreWrittenAsEachVersionDid() {
        assertThat(write(WireTypes.UUID_BINARY, ID)).isEqualTo("00112233445566778899aabbccddeeff");
        assertThat(read(WireTypes.string(36), write(WireTypes.UUID_DASHED, ID))).isEqualTo(ID.toString());
        assertThat(read(WireTypes.string(32), write(WireTypes.UUID_UNDASHED, ID))).isEqualTo(
            "00112233445566778899aabbccddeeff"
        );
    }

    @Test
    void idsAsTextAreReadWithOrWithoutHyphens() {
        assertThat(read(WireTypes.UUID_UNDASHED, write(WireTypes.UUID_DASHED, ID))).isEqualTo(ID);
        assertThat(read(WireTypes.UUID_DASHED, write(WireTypes.UUID_UNDASHED, ID))).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "1-1-1-1-1",
            "",
            "00112233445566778899aabbccddeefg",
            "+0112233445566778899aabbccddeeff",
            "00112233-4455-6677-8899-aabbccddeef",
        }
    )
    void whatIsNotAnIdIsRefused(String text) {
        String wire = write(WireTypes.string(36), text);
        assertThatThrownBy(() -> read(WireTypes.UUID_DASHED, wire)).isInstanceOf(BadPacketException.class);
    }

    @ParameterizedTest
    @CsvSource({ "5, 00000001000000020000000300000000", "404, 0000004008000003", "477, 0000004000003002" })
    void positionsArePackedInTheOrderOfTheVersion(int protocol, String wire) {
        String expected = protocol == 5 ? wire.substring(0, 24) : wire;
        BlockPosition position = new BlockPosition(1, 2, 3);
        assertThat(write(WireTypes.POSITION, position, protocol)).isEqualTo(expected);
        assertThat(read(WireTypes.POSITION, expected, protocol)).isEqualTo(position);
    }

    @Test
    void positionsBelowZeroKeepTheirSign() {
        BlockPosition corner = new BlockPosition(-33_554_432, -2_048, -33_554_432);
        assertThat(read(WireTypes.POSITION, write(WireTypes.POSITION, corner, 404), 404)).isEqualTo(corner);
        assertThat(read(WireTypes.POSITION, write(WireTypes.POSITION, corner, NEWEST))).isEqualTo(corner);
        assertThatThrownBy(() -> write(WireTypes.POSITION, new BlockPosition(0, 2_048, 0))).isInstanceOf(
            IllegalArgumentException.class
        );
    }

    @Test
    void arraysHaveAShortLengthIn17AndAVarintLater() {
        Bytes three = Bytes.of((byte) 1, (byte) 2, (byte) 3);
        assertThat(write(WireTypes.array(10), three, 5)).isEqualTo("0003010203");
        assertThat(write(WireTypes.array(10), three, 47)).isEqualTo("03010203");
        assertThatThrownBy(() -> read(WireTypes.array(10), "ffff", 5)).isInstanceOf(BadPacketException.class);
        assertThatThrownBy(() -> read(WireTypes.array(2), "03010203", 47))
            .isInstanceOf(BadPacketException.class)
            .hasMessage("a count of 3 where 2 are allowed");
    }

    @Test
    void longPluginMessagesOf17HaveForgesThirdLengthByte() {
        Bytes large = Bytes.of(new byte[0x8123]);
        String wire = write(WireTypes.extendedShortArray(1 << 20), large);
        assertThat(wire)
            .startsWith("812301")
            .hasSize(2 * (3 + 0x8123));
        assertThat(read(WireTypes.extendedShortArray(1 << 20), wire)).isEqualTo(large);
        assertThatThrownBy(() -> read(WireTypes.extendedShortArray(1 << 16), "ffff0f")).isInstanceOf(
            BadPacketException.class
        );
    }

    @Test
    void numbersThatDoNotFitAreNotWritten() {
        assertThatThrownBy(() -> write(WireTypes.UBYTE, 256)).hasMessage("256 where only 0 to 255 can be written");
        assertThatThrownBy(() -> write(WireTypes.BYTE, 128)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(WireTypes.USHORT, 65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(WireTypes.SHORT, 40_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(WireTypes.INT_AS_LONG, 1L << 40)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> write(WireTypes.fixedBytes(3), Bytes.EMPTY)).isInstanceOf(
            IllegalArgumentException.class
        );
        assertThatThrownBy(() -> write(WireTypes.NBT, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textsAreJsonUntil1202AndNbtLater() {
        Text text = Text.plain("hi");
        assertThat(write(WireTypes.TEXT, text, 764)).isEqualTo(write(WireTypes.string(100), "{\"text\":\"hi\"}"));
        assertThat(write(WireTypes.TEXT, text, 765)).isEqualTo("0800026869");
        assertThat(read(WireTypes.TEXT, "0800026869", 765)).isEqualTo(text);
        assertThat(write(WireTypes.JSON_TEXT, text, 765)).isEqualTo(write(WireTypes.string(100), "\"hi\""));
    }

    @Test
    void bytesNeverShowTheirContent() {
        assertThat(
            new EncryptionResponse(Bytes.utf8("secret"), new EncryptionResponse.Token(Bytes.utf8("t")))
        ).hasToString("EncryptionResponse[sharedSecret=6 bytes, proof=Token[encrypted=1 byte]]");
    }

    @Test
    void bytesAreTheirContent() {
        byte[] array = { 1, 2 };
        Bytes bytes = Bytes.of(array);
        array[0] = 9;
        assertThat(bytes.toArray()).containsExactly(1, 2);
        assertThat(bytes)
            .isEqualTo(Bytes.of((byte) 1, (byte) 2))
            .hasSameHashCodeAs(Bytes.of((byte) 1, (byte) 2))
            .isNotEqualTo(Bytes.EMPTY);
        ByteBuf buffer = Unpooled.wrappedBuffer(new byte[] { 0, 1, 2 }).skipBytes(1);
        assertThat(Bytes.copyOf(buffer)).isEqualTo(bytes);
        assertThat(buffer.readableBytes()).isEqualTo(2);
        assertThat(bytes.toBuffer().isReadOnly()).isTrue();
    }

    private static <T> String write(WireType<T> type, T value) {
        return write(type, value, NEWEST);
    }

    private static <T> String write(WireType<T> type, T value, int protocol) {
        ByteBuf out = Unpooled.buffer();
        type.write(out, value, protocol);
        return ByteBufUtil.hexDump(out);
    }

    private static <T> T read(WireType<T> type, String hex) {
        return read(type, hex, NEWEST);
    }

    private static <T> T read(WireType<T> type, String hex, int protocol) {
        ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        T value = type.read(in, protocol);
        assertThat(in.isReadable()).isFalse();
        return value;
    }
}
