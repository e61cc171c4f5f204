package io.nightporter.orchestrator.driver.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Resources;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A system that starts servers, or says that it does, and misbehaves as it is told to. */
final class OtherSystem implements AutoCloseable {

    static final String TOKEN = "hush-0123456789";

    /** Answers a request. */
    @FunctionalInterface
    interface Behaviour {
        void answer(HttpExchange request) throws IOException, InterruptedException;
    }

    /** Every request, such as {@code GET /api/servers/survival/status}. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile String status = "{\"status\": \"stopped\"}";
    volatile Behaviour behaviour = this::wellBehaved;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Path folder;

    OtherSystem(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("token"), TOKEN + "\nnotes\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", request -> {
            requests.add(request.getRequestMethod() + " " + request.getRequestURI().getRawPath());
            try (request) {
                behaviour.answer(request);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private void wellBehaved(HttpExchange request) throws IOException {
        if (!("Bearer " + TOKEN).equals(request.getRequestHeaders().getFirst("Authorization"))) {
            say(request, 401, "{}");
        } else if (request.getRequestURI().getPath().endsWith("/status")) {
            say(request, 200, status);
        } else {
            say(request, 202, "{}");
        }
    }

    static void say(HttpExchange request, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = request.getRequestMethod().equals("HEAD");
        request.sendResponseHeaders(code, head ? -1 : bytes.length);
        if (!head) {
            try (OutputStream out = request.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    static Behaviour always(int code, String body) {
        return request -> say(request, code, body);
    }

    long asked(String request) {
        return requests.stream().filter(request::equals).count();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    NodeDefinition node(String path) {
        return node(endpoint() + path, Map.of("tokenFile", "token"));
    }

    static NodeDefinition node(String endpoint, Map<String, String> settings) {
        return new NodeDefinition(
            "panel",
            ManagedBy.API,
            RemoteDriver.NAME,
            endpoint,
            settings,
            null,
            Resources.UNLIMITED,
            null,
            false
        );
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
