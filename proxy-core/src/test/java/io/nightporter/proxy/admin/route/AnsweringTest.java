package io.nightporter.proxy.admin.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnsweringTest {

    private final Answering answering = new Answering(Duration.ofMillis(700));
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private HttpServer server;
    private EventSource source;

    @BeforeEach
    void start() throws IOException {
        source = lines -> {
            while (true) {
                lines.send("x".repeat(65_536));
            }
        };
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/", exchange -> {
            try (exchange) {
                answering.stream(exchange, source);
                end.complete("all was sent");
            } catch (IOException _) {
                end.complete("cut off");
            } catch (InterruptedException _) {
                end.complete("interrupted");
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        answering.close();
    }

    private Socket ask() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void whoDoesNotReadAStreamIsCutOff() throws Exception {
        try (Socket socket = ask()) {
            assertThat(socket.isConnected()).isTrue();
            assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("cut off");
        }
    }

    @Test
    void aStreamMayLastMuchLongerThanOneWrite() throws Exception {
        source = lines -> {
            for (int i = 0; i < 5; i++) {
                Thread.sleep(400);
                lines.send(": beat\n\n");
            }
        };
        try (Socket socket = ask()) {
            assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("all was sent");
            assertThat(new String(socket.getInputStream().readNBytes(300), StandardCharsets.UTF_8)).contains(": beat");
        }
    }
}
