package io.nightporter.e2e.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One end of a connection: blocking, one thread reads, any may write. */
public final class Link implements AutoCloseable {

    /** Longer than any test lets one end wait. */
    private static final Duration STANDSTILL = Duration.ofSeconds(45);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Direction outgoing;
    private ProtocolVersion version;
    private int threshold = -1;
    private @Nullable Cfb8 encryption;
    private @Nullable Cfb8 decryption;
    private volatile @Nullable Stop stop;

    /**
     * A packet that came.
     *
     * @param name as in the id table; null where the table has no name for the id
     * @param packet null where there is no record for it
     * @param body what followed the id
     * @param at when it came, as {@link System#nanoTime} tells
     */
    public record Received(int id, @Nullable String name, @Nullable Packet packet, Bytes body, long at) {}

    /**
     * @param outgoing what this end sends: SERVERBOUND for a client
     */
    public Link(Socket socket, Direction outgoing, ProtocolVersion version) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
        this.outgoing = outgoing;
        this.version = version;
        socket.setTcpNoDelay(true);
    }

    public ProtocolVersion version() {
        return version;
    }

    /** Known to a server only after the handshake. */
    public void version(ProtocolVersion spoken) {
        version = spoken;
    }

    /** From the next packet on, in both directions; negative: not at all. */
    public void compress(int newThreshold) {
        synchronized (out) {
            threshold = newThreshold;
        }
    }

    /** From the next byte on, in both directions. */
    public void encrypt(byte[] secret) {
        synchronized (out) {
            encryption = Cfb8.encryption(secret);
            decryption = Cfb8.decryption(secret);
        }
    }

    public void send(State state, Packet packet) throws IOException {
        ByteBuf payload = Unpooled.buffer();
        PacketCodec.encode(version, state, outgoing, packet, payload);
        write(payload);
    }

    /** A packet without a record, by its name in the id table. */
    public void send(State state, String name, Bytes body) throws IOException {
        ByteBuf payload = Unpooled.buffer();
        VarInts.write(payload, version.id(state, outgoing, name));
        payload.writeBytes(body.toBuffer());
        write(payload);
    }

    /** A packet by its number, whatever that means. */
    public void send(int id, byte[] body) throws IOException {
        ByteBuf payload = Unpooled.buffer();
        VarInts.write(payload, id);
        payload.writeBytes(body);
        write(payload);
    }

    private void write(ByteBuf payload) throws IOException {
        synchronized (out) {
            ByteBuf frame = Unpooled.buffer();
            Frames.write(payload, threshold, frame, Zlib.ofThisThread());
            if (encryption != null) {
                encryption.apply(frame);
            }
            out.write(ByteBufUtil.getBytes(frame));
            out.flush();
        }
    }

    /** Bytes that are no packet at all. */
    public void sendBytes(byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    /**
     * Where this end stands still.
     *
     * @param reached counted down when it does
     * @param over counted down when it may go on
     */
    private record Stop(Class<? extends Packet> at, CountDownLatch reached, CountDownLatch over) {
        Stop(Class<? extends Packet> at) {
            this(at, new CountDownLatch(1), new CountDownLatch(1));
        }

        void await(CountDownLatch latch) {
            try {
                if (!latch.await(STANDSTILL.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("stood still for too long, or never, at " + at.getSimpleName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** The next packet of this kind is as if it were still on its way, until {@link #goOn}. */
    public void stopAt(Class<? extends Packet> kind) {
        stop = new Stop(kind);
    }

    /** Waits until that packet has come. */
    public void awaitStop() {
        Stop current = Objects.requireNonNull(stop, "never told to stop");
        current.await(current.reached());
    }

    public void goOn() {
        Stop current = stop;
        stop = null;
        if (current != null) {
            current.over().countDown();
        }
    }

    private void stopIf(@Nullable Packet packet) {
        Stop current = stop;
        if (current != null && current.at().isInstance(packet)) {
            current.reached().countDown();
            current.await(current.over());
        }
    }

    /** The next packet; waits for it. */
    public Received receive(State state) throws IOException {
        ByteBuf payload = Unpooled.wrappedBuffer(read(readVarInt()));
        if (threshold >= 0) {
            int size = VarInts.read(payload);
            if (size > 0) {
                ByteBuf inflated = Unpooled.buffer(size);
                Zlib.ofThisThread().inflate(payload, size, inflated);
                payload = inflated;
            }
        }
        int id = VarInts.read(payload);
        Bytes body = Bytes.copyOf(payload);
        Direction incoming = outgoing == Direction.CLIENTBOUND ? Direction.SERVERBOUND : Direction.CLIENTBOUND;
        PacketType<?> type = PacketCodec.typeOf(version, state, incoming, id);
        Packet packet = type == null ? null : PacketCodec.decode(version, type, payload);
        stopIf(packet);
        return new Received(id, version.packetName(state, incoming, id), packet, body, System.nanoTime());
    }

    /** The body of the next packet, whatever it is, as one that the caller knows by its place. */
    public <P extends Packet> P receive(PacketType<P> type) throws IOException {
        ByteBuf payload = Unpooled.wrappedBuffer(read(readVarInt()));
        VarInts.read(payload);
        return PacketCodec.decode(version, type, payload);
    }

    private int readVarInt() throws IOException {
        int value = 0;
        for (int shift = 0; shift < 21; shift += 7) {
            byte b = read(1)[0];
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IOException("a frame length of more than three bytes");
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended");
        }
        if (decryption != null) {
            decryption.apply(Unpooled.wrappedBuffer(bytes));
        }
        return bytes;
    }

    /** Ends the connection with a reset: the peer loses what it has not read yet. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed all the same.
        }
        goOn();
    }
}
