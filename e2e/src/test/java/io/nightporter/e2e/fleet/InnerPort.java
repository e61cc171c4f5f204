package io.nightporter.e2e.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port here that leads to one of the loopback address in another network, which nothing outside of it can reach otherwise:
 * each connection is handed to a program in there.
 */
final class InnerPort implements AutoCloseable {

    private final ServerSocket listener;
    private final List<String> program;
    private final Set<Process> programs = ConcurrentHashMap.newKeySet();

    private InnerPort(ServerSocket listener, List<String> program) {
        this.listener = listener;
        this.program = program;
    }

    /** @param network the file that {@code nsenter --net} wants */
    static InnerPort of(Path network, int port) {
        Needed.root("a port in another network", "nsenter", "busybox");
        var program = List.of("nsenter", "--net=" + network, "busybox", "nc", "127.0.0.1", Integer.toString(port));
        try {
            var inner = new InnerPort(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), program);
            Thread.ofVirtual().name("inner port").start(inner::accept);
            return inner;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At the loopback address here. */
    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket outside) throws IOException {
        Process inside = new ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        programs.add(inside);
        InputStream fromOutside = outside.getInputStream();
        OutputStream toOutside = outside.getOutputStream();
        Thread.ofVirtual().start(() -> {
            copy(fromOutside, inside.getOutputStream());
            inside.destroy();
        });
        Thread.ofVirtual().start(() -> {
            copy(inside.getInputStream(), toOutside);
            close(outside);
            programs.remove(inside);
        });
    }

    /** Until either end is closed. */
    private static void copy(InputStream from, OutputStream to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                to.write(buffer, 0, length);
                to.flush();
            }
        } catch (IOException _) {
            // The other end is closed then as well.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed is closed.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        programs.forEach(Process::destroyForcibly);
    }
}
