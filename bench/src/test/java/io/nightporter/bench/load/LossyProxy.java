package io.nightporter.bench.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Carries bytes from players to a server, and frames back, of which it loses one of every so many. */
final class LossyProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int serverPort;
    private final int loss;

    private LossyProxy(ServerSocket listener, int serverPort, int loss) {
        this.listener = listener;
        this.serverPort = serverPort;
        this.loss = loss;
    }

    static LossyProxy start(int serverPort, int loss) throws IOException {
        var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var proxy = new LossyProxy(listener, serverPort, loss);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket player = listener.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                Thread.ofVirtual().start(() -> forward(player, server));
                Thread.ofVirtual().start(() -> forwardFrames(server, player));
            }
        } catch (IOException _) {
            // The listener was closed.
        }
    }

    private static void forward(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One of them has gone.
        }
    }

    private void forwardFrames(Socket from, Socket to) {
        try (from; to) {
            var in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            int count = 0;
            while (true) {
                int length = readVarInt(in);
                byte[] frame = in.readNBytes(length);
                if (++count % loss != 0) {
                    writeVarInt(out, length);
                    out.write(frame);
                }
            }
        } catch (IOException _) {
            // One of them has gone.
        }
    }

    private static int readVarInt(InputStream in) throws IOException {
        int value = 0;
        int shift = 0;
        int b;
        do {
            b = in.read();
            if (b < 0) {
                throw new IOException("the end");
            }
            value |= (b & 0x7F) << shift;
            shift += 7;
        } while (b >= 0x80);
        return value;
    }

    private static void writeVarInt(OutputStream out, int value) throws IOException {
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
