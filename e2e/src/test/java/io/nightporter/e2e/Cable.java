package io.nightporter.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to a server, which can be cut: as with a network that is away, nothing arrives any more, nobody hears of that,
 * and what was sent arrives when the way is mended. Ends of connections are bytes like any others.
 */
final class Cable implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final Object mending = new Object();
    private final List<Socket> sockets = new ArrayList<>();
    private boolean cut;

    private Cable(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** @param target the port that everything goes to */
    static Cable to(int target) {
        try {
            var cable = new Cable(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().name("cable").start(cable::accept);
            return cable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    void cut() {
        synchronized (mending) {
            cut = true;
        }
    }

    void mend() {
        synchronized (mending) {
            cut = false;
            mending.notifyAll();
        }
    }

    private void untilMended() throws IOException {
        synchronized (mending) {
            while (cut) {
                try {
                    mending.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Thread.ofVirtual()
                    .name("cable")
                    .start(() -> connect(near));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket near) {
        try {
            untilMended();
            var far = new Socket(InetAddress.getLoopbackAddress(), target);
            synchronized (mending) {
                sockets.add(near);
                sockets.add(far);
            }
            Thread.ofVirtual()
                .name("cable")
                .start(() -> carry(near, far));
            carry(far, near);
        } catch (IOException _) {
            close(near);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] bytes = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                untilMended();
                out.write(bytes, 0, n);
            }
        } catch (IOException _) {
            // The end of this connection, as any other.
        }
        try {
            untilMended();
        } catch (IOException _) {
            // The test is over.
        }
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }

    @Override
    public void close() {
        mend();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (mending) {
            sockets.forEach(Cable::close);
        }
    }
}
