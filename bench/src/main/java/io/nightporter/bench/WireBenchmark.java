package io.nightporter.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Warmup;

/** Framing, id peek, encryption, compression and layouts. */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--sun-misc-unsafe-memory-access=allow")
public class WireBenchmark {

    private static final int THRESHOLD = 256;
    private static final int BUFFER = 16 * 1024;

    private final Zlib zlib = Zlib.ofThisThread();
    private final ByteBuf second = Traffic.second(THRESHOLD);
    private final ByteBuf chunk = Unpooled.directBuffer().writeBytes(Traffic.chunk());
    private final ByteBuf compressedChunk = Unpooled.directBuffer();
    private final ByteBuf out = Unpooled.directBuffer(64 * 1024);
    private final ByteBuf bytes = Unpooled.directBuffer(BUFFER).writeZero(BUFFER);
    private final Cfb8 encryption = Cfb8.encryption(new byte[16]);
    private final Cfb8 decryption = Cfb8.decryption(new byte[16]);
    private final ProtocolVersion newest = ProtocolVersions.builtIn().newest();

    public WireBenchmark() {
        zlib.deflate(chunk.duplicate(), compressedChunk);
    }

    /** 201 frames: the lengths and ids of one second of game. */
    @Benchmark
    public int scanOneSecondOfGame() {
        int ids = 0;
        int position = second.readerIndex();
        int end = second.writerIndex();
        while (position < end) {
            int header = Frames.header(second, position, end, Frames.MAX_CONTENT);
            ids += second.getByte(position + Frames.headerSize(header) + 1);
            position += Frames.total(header);
        }
        return ids;
    }

    @Benchmark
    public int peekIdOfCompressedChunk() {
        return zlib.peekVarInt(compressedChunk, 0, compressedChunk.readableBytes());
    }

    @Benchmark
    public ByteBuf deflateChunk() {
        out.clear();
        zlib.deflate(chunk.duplicate(), out);
        return out;
    }

    @Benchmark
    public ByteBuf inflateChunk() {
        out.clear();
        zlib.inflate(compressedChunk.duplicate(), chunk.readableBytes(), out);
        return out;
    }

    @Benchmark
    public ByteBuf encrypt16KiB() {
        encryption.apply(bytes);
        return bytes;
    }

    @Benchmark
    public ByteBuf decrypt16KiB() {
        decryption.apply(bytes);
        return bytes;
    }

    @Benchmark
    public KeepAlive encodeAndDecodeKeepAlive() {
        out.clear();
        PacketCodec.encode(newest, State.PLAY, Direction.CLIENTBOUND, new KeepAlive(4711), out);
        VarInts.read(out);
        return PacketCodec.decode(newest, KeepAlive.TYPE, out);
    }
}
