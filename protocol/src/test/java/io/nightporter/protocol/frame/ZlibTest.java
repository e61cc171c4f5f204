package io.nightporter.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.BadPacketException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ZlibTest {

    /** All that there are on this machine. */
    private final Map<String, Zlib> implementations = new TreeMap<>();

    ZlibTest() {
        implementations.put("JDK", new Zlib(new JdkZlib()));
        LibDeflate fast = LibDeflate.tryCreate();
        if (fast != null) {
            implementations.put("libdeflate", new Zlib(fast));
        }
    }

    private void forEach(BiConsumer<String, Zlib> behaviour) {
        implementations.forEach(behaviour);
    }

    @Test
    void whereLibdeflateIsInstalledItIsUsed() {
        Assumptions.assumeTrue(LibDeflate.isAvailable(), "libdeflate is not installed (Debian: libdeflate0)");
        assertThat(Zlib.implementation()).isEqualTo("libdeflate");
        assertThat(implementations).containsKeys("JDK", "libdeflate");
    }

    @Property(tries = 200)
    void theNumberAtTheBeginningOfAStreamIsReadWithoutTheRest(
        @ForAll int number,
        @ForAll @Size(max = 2000) byte[] behind
    ) {
        forEach((name, zlib) -> {
            ByteBuf plain = Unpooled.buffer();
            VarInts.write(plain, number);
            plain.writeBytes(behind);
            ByteBuf stream = Unpooled.buffer();
            stream.writeByte(0x77);
            zlib.deflate(plain, stream);
            assertThat(zlib.peekVarInt(stream, 1, stream.readableBytes() - 1))
                .as(name)
                .isEqualTo(number);
        });
    }

    @Property(tries = 100)
    void whatOneDeflatesEveryOtherInflates(@ForAll long seed, @ForAll @IntRange(max = 400_000) int size) {
        byte[] plain = new byte[size];
        Random random = new Random(seed);
        for (int i = 0; i < size; i += 1 + random.nextInt(40)) {
            plain[i] = (byte) random.nextInt();
        }
        forEach((writer, deflating) ->
            forEach((reader, inflating) -> {
                for (ByteBuf stream : new ByteBuf[] { Unpooled.buffer(), Unpooled.directBuffer() }) {
                    ByteBuf in = Unpooled.wrappedBuffer(plain);
                    deflating.deflate(in, stream);
                    assertThat(in.isReadable()).isFalse();
                    ByteBuf out = Unpooled.directBuffer();
                    inflating.inflate(stream, size, out);
                    assertThat(stream.isReadable()).isFalse();
                    assertThat(ByteBufUtil.getBytes(out))
                        .as(writer + " to " + reader)
                        .isEqualTo(plain);
                    out.release();
                    stream.release();
                }
            })
        );
    }

    @Test
    void aStreamOfAnotherSizeThanAnnouncedIsRefused() {
        byte[] plain = new byte[1000];
        for (int announced : new int[] { 999, 1001, 1, 100_000 }) {
            forEach((name, zlib) -> {
                ByteBuf stream = Unpooled.buffer();
                zlib.deflate(Unpooled.wrappedBuffer(plain), stream);
                assertRefused(name, zlib, "zlib_size_mismatch", stream, announced);
            });
        }
    }

    @Test
    void aBrokenOrTruncatedStreamIsRefused() {
        forEach((name, zlib) -> {
            ByteBuf stream = Unpooled.buffer();
            zlib.deflate(Unpooled.wrappedBuffer(new byte[1000]), stream);
            assertRefused(name, zlib, "zlib_broken", stream.copy(0, stream.readableBytes() - 6), 1000);
            assertRefused(name, zlib, "zlib_broken", Unpooled.wrappedBuffer(new byte[] { 9, 9, 9, 9 }), 1000);
            // the checksum is part of the stream
            stream.setByte(stream.writerIndex() - 1, ~stream.getByte(stream.writerIndex() - 1));
            assertRefused(name, zlib, "zlib_broken", stream, 1000);
        });
    }

    private static void assertRefused(String name, Zlib zlib, String reason, ByteBuf stream, int announced) {
        assertThatThrownBy(() -> zlib.inflate(stream, announced, Unpooled.buffer()))
            .as(name)
            .isInstanceOfSatisfying(BadPacketException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
