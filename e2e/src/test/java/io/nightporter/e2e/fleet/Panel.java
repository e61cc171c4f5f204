package io.nightporter.e2e.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.WireServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody else's panel: it starts and stops servers when it is asked over HTTP with its token. They are {@link WireServer}s,
 * which let players in at once: what a player waits for besides their start is Nightporter.
 */
final class Panel implements AutoCloseable {

    static final String TOKEN = "let-me-in";

    private static final int COMPRESSION = 256;

    private final HttpServer http;
    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final List<String> orders = new CopyOnWriteArrayList<>();

    private Panel(HttpServer http) {
        this.http = http;
    }

    /** @param toStart how long each server takes to start */
    static Panel open(Duration toStart, String... servers) {
        try {
            var panel = new Panel(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            for (String server : servers) {
                panel.servers.put(server, new Server(Workplace.freePort(), toStart));
            }
            panel.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            panel.http.createContext("/api/servers", panel::answer);
            panel.http.start();
            return panel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind {@code endpoint}. */
    String endpoint() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** What it was ordered to do, such as {@code start lobby}, in that order. */
    List<String> orders() {
        return List.copyOf(orders);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String[] path = exchange.getRequestURI().getPath().split("/");
            Server server = path.length == 5 ? servers.get(path[3]) : null;
            if (server == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            switch (exchange.getRequestMethod() + " " + path[4]) {
                case "POST start" -> {
                    orders.add("start " + path[3]);
                    Thread.ofVirtual().start(server::start);
                    exchange.sendResponseHeaders(202, -1);
                }
                case "POST stop" -> {
                    orders.add("stop " + path[3]);
                    server.stop();
                    exchange.sendResponseHeaders(202, -1);
                }
                case "GET status" -> {
                    byte[] status = JsonMapper.shared()
                        .writeValueAsString(server.status())
                        .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, status.length);
                    exchange.getResponseBody().write(status);
                }
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    @Override
    public void close() {
        http.stop(0);
        servers.values().forEach(Server::stop);
    }

    /** Off until it is started, and for a while after that. */
    private static final class Server {

        private final int port;
        private final Duration toStart;
        private @Nullable WireServer running;

        private Server(int port, Duration toStart) {
            this.port = port;
            this.toStart = toStart;
        }

        private void start() {
            NightporterProcess.pause(toStart);
            synchronized (this) {
                if (running == null) {
                    running = WireServer.start(port, COMPRESSION, null, false);
                }
            }
        }

        private synchronized void stop() {
            if (running != null) {
                running.close();
                running = null;
            }
        }

        private synchronized Map<String, String> status() {
            return Map.of("status", running == null ? "stopped" : "running", "address", "127.0.0.1:" + port);
        }
    }
}
