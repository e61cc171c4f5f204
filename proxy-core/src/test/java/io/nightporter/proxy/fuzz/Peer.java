package io.nightporter.proxy.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Cfb8;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.BadPacketException;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The far end of a connection with the proxy, a client's or a server's, which can say anything. Blocks. */
final class Peer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Direction says;
    private ProtocolVersion version;
    private int threshold = -1;
    private @Nullable Cfb8 encryption;
    private @Nullable Cfb8 decryption;

    Peer(Socket socket, Direction says, ProtocolVersion version) throws IOException {
        this.socket = socket;
        this.says = says;
        this.version = version;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** @param from an address of the loopback network */
    static Peer client(InetSocketAddress proxy, String from, ProtocolVersion version) throws IOException {
        var socket = new Socket(proxy.getAddress(), proxy.getPort(), InetAddress.ofLiteral(from), 0);
        return new Peer(socket, Direction.SERVERBOUND, version);
    }

    ProtocolVersion version() {
        return version;
    }

    void version(ProtocolVersion spoken) {
        version = spoken;
    }

    int threshold() {
        return threshold;
    }

    void threshold(int bytes) {
        threshold = Math.max(-1, bytes);
    }

    void encrypt(byte[] secret) {
        encryption = Cfb8.encryption(secret);
        decryption = Cfb8.decryption(secret);
    }

    /** What is sent from now on is encrypted with another key than the proxy has; or not at all. */
    void encryptWrongly(byte @Nullable [] secret) {
        encryption = secret == null ? null : Cfb8.encryption(secret);
    }

    void send(State state, Packet packet) throws IOException {
        frame(Samples.payload(version, state, says, packet));
    }

    void frame(byte[] payload) throws IOException {
        ByteBuf stream = Unpooled.buffer();
        Frames.write(Unpooled.wrappedBuffer(payload), threshold, stream, Zlib.ofThisThread());
        stream(ByteBufUtil.getBytes(stream));
    }

    /** Frames, or what pretends to be some; encrypted where the connection is. */
    void stream(byte[] bytes) throws IOException {
        byte[] own = bytes.clone();
        if (encryption != null) {
            encryption.apply(Unpooled.wrappedBuffer(own));
        }
        out.write(own);
    }

    /** The same in pieces of a length that chance decides. */
    void streamInPieces(byte[] bytes, Dice dice) throws IOException {
        byte[] own = bytes.clone();
        if (encryption != null) {
            encryption.apply(Unpooled.wrappedBuffer(own));
        }
        int longest = dice.oneIn(3) ? 3 : dice.oneIn(2) ? 100 : own.length;
        for (int i = 0; i < own.length; ) {
            int n = Math.min(own.length - i, 1 + dice.of(Math.max(1, longest)));
            out.write(own, i, n);
            i += n;
            if (longest == 3 && i > 300) {
                longest = own.length;
            }
        }
    }

    /** The payload of the next frame. */
    ByteBuf read() throws IOException {
        int length = 0;
        byte b;
        int shift = 0;
        do {
            b = bytes(1)[0];
            length |= (b & 0x7F) << shift;
            shift += 7;
        } while (b < 0 && shift < 21);
        ByteBuf content = Unpooled.wrappedBuffer(bytes(length));
        if (threshold < 0) {
            return content;
        }
        int size = VarInts.read(content);
        if (size == 0) {
            return content;
        }
        ByteBuf plain = Unpooled.buffer(size);
        Zlib.ofThisThread().inflate(content, size, plain);
        return plain;
    }

    /** The next packet, which has to be of this type. */
    <P extends Packet> P read(State state, PacketType<P> type) throws IOException {
        ByteBuf payload = read();
        int id = VarInts.read(payload);
        if (id != version.id(state, says.opposite(), type.name())) {
            throw new IOException("got packet 0x" + Integer.toHexString(id) + " instead of " + type.name());
        }
        return PacketCodec.decode(version, type, payload);
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended");
        }
        if (decryption != null) {
            decryption.apply(Unpooled.wrappedBuffer(bytes));
        }
        return bytes;
    }

    /** Reads and forgets until the other end hangs up; whether it does within the limit. */
    boolean isHungUpWithin(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        byte[] rubbish = new byte[8192];
        try {
            socket.setSoTimeout(500);
            while (System.nanoTime() - deadline < 0) {
                try {
                    if (in.read(rubbish) < 0) {
                        return true;
                    }
                } catch (SocketTimeoutException _) {
                    // On to the next look at the clock.
                }
            }
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /** No more will be said; what comes can still be read. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
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
    }

    /** What a peer of the proxy may meet in this suite without any harm. */
    static boolean isOrdinaryEnd(Exception e) {
        return e instanceof IOException || e instanceof BadPacketException || e instanceof IndexOutOfBoundsException;
    }
}
