package io.nightporter.proxy.status;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server on loopback that gives a status, as slowly as it is told to. */
public final class StatusServer implements AutoCloseable {

    /** The protocols that it was asked with, in order. */
    final List<Integer> asked = new CopyOnWriteArrayList<>();

    private final ServerSocket listener;
    private final Thread acceptor;
    private volatile String json;
    private volatile @Nullable CountDownLatch gate;
    private volatile boolean rude;

    public StatusServer(String json) throws IOException {
        this(json, 0);
    }

    public StatusServer(String json, int port) throws IOException {
        this.json = json;
        this.listener = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        this.acceptor = Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    void says(String newJson) {
        json = newJson;
    }

    /** Answers only after the latch has been counted down. */
    public void waitsFor(@Nullable CountDownLatch latch) {
        gate = latch;
    }

    /** Hangs up on everybody without an answer. */
    public void hangsUp() {
        rude = true;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (Socket socket = connection) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            ByteBuf handshake = frame(in);
            VarInts.read(handshake);
            asked.add(VarInts.read(handshake));
            frame(in);
            if (rude) {
                return;
            }
            CountDownLatch latch = gate;
            if (latch != null) {
                latch.await(20, TimeUnit.SECONDS);
            }
            byte[] text = json.getBytes(StandardCharsets.UTF_8);
            ByteBuf packet = Unpooled.buffer().writeByte(0);
            VarInts.write(packet, text.length);
            send(socket, packet.writeBytes(text));
            send(socket, frame(in));
        } catch (IOException | InterruptedException _) {
            // the proxy has hung up
        }
    }

    private static ByteBuf frame(DataInputStream in) throws IOException {
        return Unpooled.wrappedBuffer(in.readNBytes(in.readUnsignedByte()));
    }

    private static void send(Socket socket, ByteBuf packet) throws IOException {
        ByteBuf frame = Unpooled.buffer();
        VarInts.write(frame, packet.readableBytes());
        frame.writeBytes(packet);
        frame.readBytes(socket.getOutputStream(), frame.readableBytes());
    }

    /** When this returns, connections are refused. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            throw new InterruptedIOException(String.valueOf(e.getMessage()));
        }
    }
}
