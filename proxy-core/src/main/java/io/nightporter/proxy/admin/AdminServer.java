package io.nightporter.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.proxy.admin.api.AdminApi;
import io.nightporter.proxy.admin.route.Answering;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server on the admin address: {@code /metrics}, {@code /healthz} and {@code /readyz}, and the admin API under
 * {@code /api}. Everything else is an error in JSON, {@code {"error":"not_found","message":"…"}}.
 *
 * <p>On the loopback interface only the API asks for a token. Elsewhere it listens only when somebody has been given a token,
 * and then the metrics want one too. Clients that are slow to ask or to read are cut off after some seconds.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

    private static final int MAX_REQUESTS = 16;
    private static final Duration TIME_TO_READ = Duration.ofSeconds(10);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Limits of the JDK's server, which reads them from the system properties when the first one is made. What the
     * command line says stays.
     */
    private static final Map<String, String> JDK_LIMITS = Map.of(
        "sun.net.httpserver.maxReqTime",
        "5", // seconds for a whole request
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
    private volatile @Nullable AdminApi api;
    private final boolean open;
    private final Answering answering = new Answering(TIME_TO_READ);
    private final Semaphore free = new Semaphore(MAX_REQUESTS);
    private final HttpServer http;

    /**
     * Without the API, which answers that there is none.
     *
     * @param address of this machine's loopback interface
     * @param metrics the text for Prometheus, asked for at every scrape on a virtual thread
     * @throws IOException with a sentence for the user when the address cannot be listened on
     */
    public AdminServer(HostAndPort address, Supplier<String> metrics, Readiness readiness) throws IOException {
        this(address, metrics, readiness, null);
    }

    /**
     * @param address of this machine
     * @param metrics the text for Prometheus, asked for at every scrape on a virtual thread
     * @param api closed with the server; null: there is no store, so there is none
     * @throws IOException with a sentence for the user when the address cannot be listened on
     */
    public AdminServer(HostAndPort address, Supplier<String> metrics, Readiness readiness, @Nullable AdminApi api)
        throws IOException {
        this(new InetSocketAddress(address.host(), address.port()), metrics, readiness, api);
    }

    AdminServer(InetSocketAddress listen, Supplier<String> metrics, Readiness readiness, @Nullable AdminApi api)
        throws IOException {
        if (listen.isUnresolved()) {
            throw new IOException("admin.listen: there is no address for '" + listen.getHostString() + "'");
        }
        this.open = listen.getAddress().isLoopbackAddress();
        if (!open && (api == null || !api.tokens().anyBesidesLocal())) {
            throw new IOException(
                "admin.listen: " +
                    listen.getHostString() +
                    " can be reached from outside, and nobody has a token yet; use 127.0.0.1 or ::1" +
                    (api == null ? "" : ", or make a token there first (nightporter tokens create)")
            );
        }
        this.listen = listen;
        this.metrics = metrics;
        this.readiness = readiness;
        this.api = api;
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

    /** From now on there is an API. It is closed with the server. */
    public void serve(AdminApi opened) {
        api = opened;
    }

    /** The port that is listened on, once started. */
    public int port() {
        return http.getAddress().getPort();
    }

    /** Closes the address and all connections at once. */
    @Override
    public void close() {
        AdminApi now = api;
        if (now != null) {
            now.close();
        }
        http.stop(0);
        answering.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!free.tryAcquire()) {
                answering.error(exchange, 503, "busy", "Too many requests at the same time; try again.");
                return;
            }
            AtomicBoolean held = new AtomicBoolean(true);
            Runnable release = () -> {
                if (held.getAndSet(false)) {
                    free.release();
                }
            };
            try {
                answer(exchange, release);
            } catch (RuntimeException e) {
                log.error("admin request failed path={}", exchange.getRequestURI().getPath(), e);
                answering.error(exchange, 500, "internal", "Nightporter could not answer; its log says why.");
            } finally {
                release.run();
            }
        }
    }

    /** @param streaming is called when the answer goes on: it does not count as a request any more */
    private void answer(HttpExchange exchange, Runnable streaming) throws IOException {
        AdminApi now = api;
        String path = String.valueOf(exchange.getRequestURI().getPath());
        switch (path) {
            case "/metrics" -> read(exchange, path, () -> sendMetrics(exchange));
            case "/healthz" -> read(exchange, path, () -> send(exchange, "{\"status\":\"alive\"}"));
            case "/readyz" -> read(exchange, path, () -> sendReadiness(exchange));
            default -> {
                if (!path.equals("/api") && !path.startsWith("/api/")) {
                    answering.error(
                        exchange,
                        404,
                        "not_found",
                        "There are /metrics, /healthz, /readyz and /api here; see /api/openapi.json."
                    );
                } else if (now == null) {
                    answering.error(
                        exchange,
                        503,
                        "no_store",
                        "The fleet's records are not open yet. Try again; if that lasts, Nightporter's log says why."
                    );
                } else {
                    now.routes().handle(exchange, answering, streaming);
                }
            }
        }
    }

    private void read(HttpExchange exchange, String path, Answer answer) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            answer.send();
        } else {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answering.error(exchange, 405, "method_not_allowed", path + " can only be read, with GET.");
        }
    }

    private void sendMetrics(HttpExchange exchange) throws IOException {
        AdminApi now = api;
        if (open || (now != null && now.routes().caller(exchange).isPresent())) {
            answering.send(exchange, 200, PROMETHEUS, metrics.get());
        } else {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            answering.error(exchange, 401, "unauthorized", "Send a token of any scope, as Authorization: Bearer np_….");
        }
    }

    private void sendReadiness(HttpExchange exchange) throws IOException {
        Optional<String> obstacle = readiness.obstacle();
        if (obstacle.isPresent()) {
            answering.error(exchange, 503, "not_ready", obstacle.get());
        } else {
            send(exchange, "{\"status\":\"ready\"}");
        }
    }

    private void send(HttpExchange exchange, String body) throws IOException {
        answering.send(exchange, 200, Answering.JSON, body);
    }
}
