package io.nightporter.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.BadPacketException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ZlibTest {

    private final Zlib zlib = Zlib.ofThisThread();

    @Property(tries = 200)
    void theNumberAtTheBeginningOfAStreamIsReadWithoutTheRest(
        @ForAll int number,
        @ForAll @Size(max = 2000) byte[] behind
    ) {
        ByteBuf plain = Unpooled.buffer();
        VarInts.write(plain, number);
        plain.writeBytes(behind);
        ByteBuf stream = Unpooled.buffer();
        stream.writeByte(0x77);
        zlib.deflate(plain, stream);
        assertThat(zlib.peekVarInt(stream, 1, stream.readableBytes() - 1)).isEqualTo(number);
    }

    @Test
    void aStreamOfAnotherSizeThanAnnouncedIsRefused() {
        byte[] plain = new byte[1000];
        for (int announced : new int[] { 999, 1001, 1, 100_000 }) {
            ByteBuf stream = Unpooled.buffer();
            zlib.deflate(Unpooled.wrappedBuffer(plain), stream);
            assertRefused("zlib_size_mismatch", stream, announced);
        }
    }

    @Test
    void aBrokenOrTruncatedStreamIsRefused() {
        ByteBuf stream = Unpooled.buffer();
        zlib.deflate(Unpooled.wrappedBuffer(new byte[1000]), stream);
        assertRefused("zlib_size_mismatch", stream.copy(0, stream.readableBytes() - 6), 1000);
        assertRefused("zlib_broken", Unpooled.wrappedBuffer(new byte[] { 9, 9, 9, 9 }), 1000);
    }

    private void assertRefused(String reason, ByteBuf stream, int announced) {
        assertThatThrownBy(() -> zlib.inflate(stream, announced, Unpooled.buffer())).isInstanceOfSatisfying(
            BadPacketException.class,
            e -> assertThat(e.reason()).isEqualTo(reason)
        );
    }
}
