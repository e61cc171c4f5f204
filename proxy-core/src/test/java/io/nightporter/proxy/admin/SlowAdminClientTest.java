package io.nightporter.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * In a process of its own: the JDK's HTTP server takes its limits from the system properties once in a process, and
 * other tests use it too.
 */
@Timeout(60)
class SlowAdminClientTest {

    /** What the process runs: an admin server until its standard input ends. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) throws IOException {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try (AdminServer server = new AdminServer(any, () -> "", new Readiness(), null)) {
                server.start();
                System.out.println(server.port());
                while (System.in.read() >= 0) {
                    // waiting for the end
                }
            }
        }
    }

    private final List<Socket> sockets = new ArrayList<>();
    private Process process;
    private int port;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()
        )
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        port = Integer.parseInt(out.readLine());
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Test
    void aClientThatNeverFinishesItsRequestIsCutOff() throws Exception {
        Socket silent = connect();
        Socket dripping = connect();
        dripping.getOutputStream().write("GET /healthz HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        Thread drip = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    dripping.getOutputStream().write('x');
                    Thread.sleep(200);
                }
            } catch (IOException | InterruptedException _) {
                // cut off
            }
        });
        assertThat(isClosedByPeer(dripping)).isTrue();
        assertThat(isClosedByPeer(silent)).isTrue();
        drip.interrupt();
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() throws Exception {
        for (int i = 0; i < 64; i++) {
            connect();
        }
        Socket oneTooMany = connect();
        oneTooMany.setSoTimeout(2000);
        assertThat(isClosedByPeer(oneTooMany)).isTrue();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        return socket;
    }

    private static boolean isClosedByPeer(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException _) {
            return true;
        }
    }
}
