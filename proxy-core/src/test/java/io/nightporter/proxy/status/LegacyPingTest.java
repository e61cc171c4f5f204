package io.nightporter.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.proxy.status.LegacyPing.Detection;
import io.nightporter.proxy.status.LegacyPing.Generation;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LegacyPingTest {

    /** As 1.6.4 sends it, protocol 78. */
    private static final ByteBuf PING_1_6 = ping(78, "play.example.org", 25_565);

    @Test
    void nothingYetSaysNothing() {
        assertThat(LegacyPing.detect(Unpooled.EMPTY_BUFFER)).isEqualTo(new Detection.NeedMore(null));
    }

    @Test
    void oneByteIsTheOldestPingUnlessMoreComes() {
        assertThat(detect(0xFE)).isEqualTo(new Detection.NeedMore(new Detection.Ping(Generation.BETA, null)));
    }

    @Test
    void twoBytesAreThePingOf14UnlessMoreComes() {
        assertThat(detect(0xFE, 1)).isEqualTo(new Detection.NeedMore(new Detection.Ping(Generation.SINCE_1_4, null)));
    }

    @Test
    void thePingOf16SaysTheHostname() {
        assertThat(LegacyPing.detect(PING_1_6)).isEqualTo(new Detection.Ping(Generation.SINCE_1_6, "play.example.org"));
        assertThat(PING_1_6.readerIndex()).isZero();
    }

    @Test
    void thePingOf16MayComeByteByByte() {
        for (int length = 3; length < PING_1_6.readableBytes(); length++) {
            assertThat(LegacyPing.detect(PING_1_6.slice(0, length)))
                .as("%d bytes", length)
                .isEqualTo(new Detection.NeedMore(new Detection.Ping(Generation.SINCE_1_6, null)));
        }
    }

    @Test
    void theBufferNeedNotBeginAtItsIndexZero() {
        ByteBuf shifted = Unpooled.wrappedBuffer(new byte[] { 9, 9 }, bytes(PING_1_6)).skipBytes(2);
        assertThat(LegacyPing.detect(shifted)).isInstanceOf(Detection.Ping.class);
    }

    @Test
    void aModernHandshakeIsNotLegacy() {
        assertThat(detect(16, 0, 4)).isEqualTo(new Detection.NotLegacy());
        assertThat(detect(0x80 | 3, 1, 0)).isEqualTo(new Detection.NotLegacy());
    }

    @Test
    void aModernHandshakeOf254BytesIsNotLegacy() {
        assertThat(detect(0xFE, 1, 0)).isEqualTo(new Detection.NotLegacy());
    }

    @Test
    void aModernHandshakeOf382BytesIsNotLegacy() {
        assertThat(detect(0xFE, 2)).isEqualTo(new Detection.NotLegacy());
    }

    @Test
    void anotherPluginMessageIsNotAPing() {
        assertThat(detect(0xFE, 1, 0xFA, 0, 11, 0, 'M', 0, 'X')).isEqualTo(new Detection.NotLegacy());
        assertThat(detect(0xFE, 1, 0xFA, 0, 12)).isEqualTo(new Detection.NotLegacy());
    }

    @Test
    void aHostnameThatLiesAboutItsLengthIsNotAPing() {
        ByteBuf liar = PING_1_6.copy();
        liar.setShort(3 + 2 + 22 + 2 + 1, 60_000);
        assertThat(LegacyPing.detect(liar)).isEqualTo(new Detection.NotLegacy());
    }

    @Property
    void anyBytesGiveAResult(@ForAll @Size(max = 80) byte[] tail, @ForAll byte first, @ForAll boolean plugin) {
        ByteBuf in = plugin
            ? Unpooled.wrappedBuffer(bytes(PING_1_6.slice(0, 30)), tail)
            : Unpooled.wrappedBuffer(new byte[] { first }, tail);
        assertThat(LegacyPing.detect(in)).isNotNull();
    }

    @Test
    void theAnswerFor14IsAKickWithSixFields() {
        ByteBuf answer = LegacyPing.answer(Generation.SINCE_1_4, "1.8 - 26.3", "§6Night\nshift", 3, 20);
        assertThat(answer.getUnsignedByte(0)).isEqualTo((short) 0xFF);
        assertThat(answer.getUnsignedShort(1) * 2).isEqualTo(answer.readableBytes() - 3);
        assertThat(text(answer)).isEqualTo("§1\000127\0001.8 - 26.3\0§6Night shift\0003\00020");
    }

    @Test
    void theAnswerForBetaHasNoFormattingSinceTheSignSeparatesFields() {
        ByteBuf answer = LegacyPing.answer(Generation.BETA, "1.8 - 26.3", "§6Night §lshift", 3, 20);
        assertThat(text(answer)).isEqualTo("Night shift§3§20");
    }

    @Test
    void answersAreNoLongerThanTheClientsRead() {
        String motd = "§aabcdefg".repeat(1000);
        assertThat(text(LegacyPing.answer(Generation.BETA, "v", motd, 3, 20)))
            .hasSize(100)
            .endsWith("§3§20");
        String since14 = text(LegacyPing.answer(Generation.SINCE_1_6, "v".repeat(500), motd, 3, 20));
        assertThat(since14).hasSizeLessThanOrEqualTo(256).endsWith("\0003\00020").doesNotContain("§\0");
        assertThat(since14.split("\0")).hasSize(6);
    }

    private static Detection detect(int... bytes) {
        ByteBuf in = Unpooled.buffer();
        for (int b : bytes) {
            in.writeByte(b);
        }
        return LegacyPing.detect(in);
    }

    private static ByteBuf ping(int protocol, String host, int port) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(0xFE).writeByte(1).writeByte(0xFA);
        out.writeShort(11).writeBytes("MC|PingHost".getBytes(StandardCharsets.UTF_16BE));
        out.writeShort(7 + 2 * host.length()).writeByte(protocol);
        out.writeShort(host.length()).writeBytes(host.getBytes(StandardCharsets.UTF_16BE));
        return out.writeInt(port);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    private static String text(ByteBuf answer) {
        return answer.toString(3, answer.readableBytes() - 3, StandardCharsets.UTF_16BE);
    }
}
