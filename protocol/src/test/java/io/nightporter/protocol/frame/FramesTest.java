package io.nightporter.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.BadPacketException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static final int MAX = Frames.MAX_CONTENT;

    @Property
    void aLengthIsReadAsItWasWrittenWithAnyNumberOfBytesBehindIt(
        @ForAll @IntRange(min = 1, max = MAX) int length,
        @ForAll @IntRange(max = 5) int behind
    ) {
        ByteBuf in = Unpooled.buffer();
        in.writeByte(0x55);
        VarInts.write(in, length);
        for (int i = 0; i < behind; i++) {
            in.writeByte(0xFF);
        }
        int header = Frames.header(in, 1, in.writerIndex(), MAX);
        assertThat(Frames.content(header)).isEqualTo(length);
        assertThat(Frames.headerSize(header)).isEqualTo(VarInts.size(length));
        assertThat(Frames.total(header)).isEqualTo(length + VarInts.size(length));
    }

    @Property
    void aLengthOfWhichBytesAreMissingIsIncomplete(@ForAll @IntRange(min = 128, max = MAX) int length) {
        ByteBuf in = Unpooled.buffer();
        VarInts.write(in, length);
        for (int end = 0; end < in.writerIndex(); end++) {
            assertThat(Frames.header(in, 0, end, MAX)).isEqualTo(Frames.INCOMPLETE);
        }
    }

    @Test
    void lengthsThatCannotBeRightAreRefused() {
        assertRefused("frame_length_too_wide", 0x80, 0x80, 0x80, 0x01);
        assertRefused("frame_length_too_wide", 0x80, 0x80, 0x80);
        assertRefused("frame_empty", 0x00);
        assertRefused("frame_empty", 0x80, 0x00, 0x01, 0x01);
        assertRefused("frame_too_long", 0xFF, 0xFF, 0x7F);
    }

    private static void assertRefused(String reason, int... bytes) {
        ByteBuf in = Unpooled.buffer();
        for (int b : bytes) {
            in.writeByte(b);
        }
        assertThatThrownBy(() -> Frames.header(in, 0, in.writerIndex(), 1000)).isInstanceOfSatisfying(
            BadPacketException.class,
            e -> assertThat(e.reason()).isEqualTo(reason)
        );
    }

    @Property(tries = 200)
    void aWrittenFrameHoldsThePayloadAtEveryThreshold(
        @ForAll @Size(min = 1, max = 3000) byte[] payload,
        @ForAll @IntRange(min = -1, max = 4000) int threshold
    ) {
        ByteBuf out = Unpooled.buffer();
        Frames.write(Unpooled.wrappedBuffer(payload), threshold, out, Zlib.ofThisThread());
        int header = Frames.header(out, 0, out.writerIndex(), MAX);
        assertThat(Frames.total(header)).isEqualTo(out.readableBytes());
        out.skipBytes(Frames.headerSize(header));
        assertThat(unwrap(out, threshold)).isEqualTo(payload);
    }

    private static byte[] unwrap(ByteBuf content, int threshold) {
        ByteBuf plain = content;
        if (threshold >= 0) {
            int size = VarInts.read(content);
            if (size > 0) {
                assertThat(size).isGreaterThanOrEqualTo(threshold);
                plain = Unpooled.buffer();
                Zlib.ofThisThread().inflate(content, size, plain);
            } else {
                assertThat(content.readableBytes()).isLessThan(threshold);
            }
        }
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes);
        return bytes;
    }
}
