package io.nightporter.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightporter.orchestrator.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP server on the admin address: {@code /metrics}, {@code /healthz} and {@code /readyz}. Everything else is an
 * error in JSON, {@code {"error":"not_found","message":"…"}}.
 *
 * <p>It asks nobody for a password and therefore listens on the loopback interface only. Clients that are slow to ask or
 * to read are cut off after some seconds.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

    private static final int MAX_REQUESTS = 16;
    private static final String JSON = "application/json; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Limits of the JDK's server, which reads them from the system properties when the first one is made. What the
     * command line says stays.
     */
    private static final Map<String, String> JDK_LIMITS = Map.of(
        "sun.net.httpserver.maxReqTime",
        "5", // seconds for a whole request
        "sun.net.httpserver.maxRspTime",
        "10", // seconds for a whole answer
        "sun.net.httpserver.clockTick",
        "1000", // milliseconds between two looks for idle connections
        "jdk.httpserver.maxConnections",
        "64",
        "sun.net.httpserver.maxReqHeaderSize",
        "16384", // bytes
        "sun.net.httpserver.nodelay",
        "true"
    );

    private interface Answer {
        void send() throws IOException;
    }

    private final InetSocketAddress listen;
    private final Supplier<String> metrics;
    private final Readiness readiness;
    private final Semaphore free = new Semaphore(MAX_REQUESTS);
    private final HttpServer http;

    /**
     * @param address of this machine's loopback interface
     * @param metrics the text for Prometheus, asked for at every scrape on a virtual thread
     * @throws IOException with a sentence for the user when the address cannot be listened on
     */
    public AdminServer(HostAndPort address, Supplier<String> metrics, Readiness readiness) throws IOException {
        this(new InetSocketAddress(address.host(), address.port()), metrics, readiness);
    }

    AdminServer(InetSocketAddress listen, Supplier<String> metrics, Readiness readiness) throws IOException {
        if (listen.isUnresolved()) {
            throw new IOException("admin.listen: there is no address for '" + listen.getHostString() + "'");
        }
        if (!listen.getAddress().isLoopbackAddress()) {
            throw new IOException(
                "admin.listen: " +
                    listen.getHostString() +
                    " can be reached from outside, and the admin address asks for no password; use 127.0.0.1 or ::1"
            );
        }
        this.listen = listen;
        this.metrics = metrics;
        this.readiness = readiness;
        JDK_LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        this.http = HttpServer.create();
        http.setExecutor(task -> Thread.ofVirtual().name("admin").start(task));
        http.createContext("/", this::handle);
    }

    /**
     * Binds the address and answers from now on.
     *
     * @throws IOException with a sentence for the user when the address cannot be listened on
     */
    public void start() throws IOException {
        try {
            http.bind(listen, 0);
        } catch (IOException e) {
            throw new IOException(
                "admin.listen: cannot listen on %s port %d: %s; is another program, or another Nightporter, using it?".formatted(
                    listen.getHostString(),
                    listen.getPort(),
                    e.getMessage()
                ),
                e
            );
        }
        http.start();
    }

    /** The port that is listened on, once started. */
    public int port() {
        return http.getAddress().getPort();
    }

    /** Closes the address and all connections at once. */
    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!free.tryAcquire()) {
                error(exchange, 503, "busy", "Too many requests at the same time; try again.");
                return;
            }
            try {
                answer(exchange);
            } catch (RuntimeException e) {
                log.error("admin request failed path={}", exchange.getRequestURI().getPath(), e);
                error(exchange, 500, "internal", "Nightporter could not answer; its log says why.");
            } finally {
                free.release();
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/metrics" -> read(exchange, path, () -> send(exchange, 200, PROMETHEUS, metrics.get()));
            case "/healthz" -> read(exchange, path, () -> send(exchange, 200, JSON, "{\"status\":\"alive\"}"));
            case "/readyz" -> read(exchange, path, () -> sendReadiness(exchange));
            default -> error(exchange, 404, "not_found", "There are /metrics, /healthz and /readyz here.");
        }
    }

    private static void read(HttpExchange exchange, String path, Answer answer) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            answer.send();
        } else {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            error(exchange, 405, "method_not_allowed", path + " can only be read, with GET.");
        }
    }

    private void sendReadiness(HttpExchange exchange) throws IOException {
        Optional<String> obstacle = readiness.obstacle();
        if (obstacle.isPresent()) {
            error(exchange, 503, "not_ready", obstacle.get());
        } else {
            send(exchange, 200, JSON, "{\"status\":\"ready\"}");
        }
    }

    private static void error(HttpExchange exchange, int status, String error, String message) throws IOException {
        String body = JsonMapper.shared().createObjectNode().put("error", error).put("message", message).toString();
        send(exchange, status, JSON, body);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
