package io.nightporter.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightporter.cli.client.YamlTree;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server on the loopback that answers as the admin API is described, with a small fleet in memory. */
final class ContractApi implements AutoCloseable {

    static final String TOKEN = "np_TESTTESTTESTTESTTESTTESTTESTTESTTESTTESTTES";

    /** A request as it came: method, path with query, and body. */
    record Request(String method, String path, String body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Map<String, ObjectNode> definitions = new ConcurrentHashMap<>();

    /** How the next operations end. */
    volatile String operationsEnd = "done";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();

    private ContractApi(HttpServer server) {
        this.server = server;
    }

    static ContractApi start() throws IOException {
        var api = new ContractApi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        api.definitions.put(
            "survival",
            object("{\"image\":\"itzg/minecraft-server\",\"memory\":\"4GiB\",\"payPerUse\":true}")
        );
        api.server.createContext("/", api::answer);
        api.server.setExecutor(api.threads);
        api.server.start();
        return api;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What changed something. */
    List<Request> changes() {
        return requests
            .stream()
            .filter(request -> !request.method().equals("GET"))
            .toList();
    }

    static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String method = exchange.getRequestMethod();
            requests.add(new Request(method, path, body));
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization == null || !authorization.equals("Bearer " + TOKEN)) {
                boolean owner = authorization != null && authorization.equals("Bearer np_owner");
                say(exchange, owner ? 403 : 401, error("not_allowed", "This token may not do that."));
                return;
            }
            String[] parts = exchange.getRequestURI().getPath().substring(1).split("/");
            switch (parts.length > 1 ? parts[1] : "") {
                case "status" -> say(exchange, 200, STATUS);
                case "servers" -> servers(exchange, method, parts, body);
                case "operations" -> operations(exchange, parts);
                case "nodes" -> say(exchange, method.equals("PUT") ? 201 : 200, parts.length == 2 ? NODES : "{}");
                case "players" -> say(exchange, 200, parts.length == 2 ? PLAYERS : "{\"message\":\"Done.\"}");
                case "tokens" -> tokens(exchange, method);
                case "events" -> events(exchange);
                case "apply" -> apply(exchange, body);
                default -> say(exchange, 404, error("not_found", "There is nothing at " + path + "."));
            }
        }
    }

    private void servers(HttpExchange exchange, String method, String[] parts, String body) throws IOException {
        if (parts.length == 2) {
            String all = String.join(",", new TreeMap<>(definitions).keySet().stream().map(this::server).toList());
            say(exchange, 200, "{\"servers\":[" + all + "]}");
            return;
        }
        String name = parts[2];
        ObjectNode known = definitions.get(name);
        if (known == null && !method.equals("PUT")) {
            say(
                exchange,
                404,
                error("server_not_found", "There is no server named " + name + ". Did you mean survival?")
            );
            return;
        }
        if (parts.length == 4) {
            about(exchange, parts[3]);
            return;
        }
        switch (method) {
            case "GET" -> {
                ObjectNode server = object(server(name));
                server.set("definition", known);
                say(exchange, 200, server.toString());
            }
            case "DELETE" -> {
                definitions.remove(name);
                say(exchange, 200, "{}");
            }
            case "PATCH" -> say(exchange, 200, server(name));
            default -> put(exchange, name, YamlTree.readObject(body, "body"));
        }
    }

    private void put(HttpExchange exchange, String name, ObjectNode definition) throws IOException {
        if (definition.has("imgae")) {
            String problem = "{\"line\":2,\"path\":\"imgae\",\"message\":\"unknown key; did you mean image?\"}";
            ObjectNode error = object(error("invalid_definition", "The definition of " + name + " is wrong."));
            error.set("problems", JsonMapper.shared().readTree("[" + problem + "]"));
            say(exchange, 422, error.toString());
            return;
        }
        say(exchange, definitions.put(name, definition) == null ? 201 : 200, server(name));
    }

    private void about(HttpExchange exchange, String what) throws IOException {
        switch (what) {
            case "why" -> say(exchange, 200, "{\"sentences\":[\"It sleeps.\",\"The first player wakes it.\"]}");
            case "logs" -> say(exchange, 200, "{\"lines\":[\"Done (3.2s)!\",\"\\u001b[31mred\\u001b[0m\"]}");
            case "status" -> say(
                exchange,
                200,
                "{\"status\":\"starting\",\"phase\":\"STARTING\",\"readyInSeconds\":12}"
            );
            case "pin" -> say(exchange, 200, "{\"message\":\"It is pinned already.\"}");
            default -> {
                looks.set(0);
                say(exchange, 202, "{\"operation\":\"01JOP\"}");
            }
        }
    }

    private void operations(HttpExchange exchange, String[] parts) throws IOException {
        String running = operation("running", "place", 0.25);
        if (parts.length == 2) {
            say(exchange, 200, "{\"operations\":[" + running + "]}");
            return;
        }
        int look = looks.incrementAndGet();
        say(
            exchange,
            200,
            look < 3 ? running : operation(operationsEnd, "ready", operationsEnd.equals("done") ? 1 : 0.5)
        );
    }

    private static String operation(String state, String step, double progress) {
        return """
        {"id":"01JOP","kind":"start","server":"survival","state":"%s","cause":{"kind":"order","who":null,"name":"local"},
         "steps":[{"name":"%s","startedAt":"2026-11-23T16:40:00Z","endedAt":null,"detail":""}],"progress":%s,
         "message":"%s","createdAt":"2026-11-23T16:40:00Z","updatedAt":"2026-11-23T16:40:01Z"}
        """.formatted(state, step, progress, state.equals("failed") ? "It ended before it was ready." : "");
    }

    private void tokens(HttpExchange exchange, String method) throws IOException {
        String token =
            "{\"id\":\"01JT\",\"name\":\"ci\",\"scope\":\"read\",\"owner\":null,\"createdAt\":\"2026-11-23T16:40:00Z\"}";
        switch (method) {
            case "POST" -> say(exchange, 201, token.replace("}", ",\"token\":\"np_new\"}"));
            case "DELETE" -> say(exchange, 200, "{}");
            default -> say(exchange, 200, "{\"tokens\":[" + token + "]}");
        }
    }

    private void apply(HttpExchange exchange, String body) throws IOException {
        JsonNode text = YamlTree.read(body, "body");
        if (text.has("serves")) {
            ObjectNode error = object(error("invalid", "The text is wrong; nothing was applied."));
            error.set(
                "problems",
                JsonMapper.shared().readTree("[{\"line\":1,\"path\":\"serves\",\"message\":\"unknown key\"}]")
            );
            say(exchange, 422, error.toString());
            return;
        }
        List<String> results = text
            .path("servers")
            .propertyStream()
            .map(server ->
                "{\"kind\":\"server\",\"name\":\"%s\",\"result\":\"%s\",\"message\":\"\"}".formatted(
                    server.getKey(),
                    server.getKey().equals("survival") ? "refused" : "created"
                )
            )
            .toList();
        say(exchange, 200, "{\"results\":[" + String.join(",", results) + "]}");
    }

    /** A stream breaks after each event, so that who follows has to come again. */
    private void events(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (query.contains("follow=false")) {
            say(exchange, 200, "{\"events\":[" + event(1) + "]}");
            return;
        }
        int number = streams.incrementAndGet();
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        if (number > 1 && !("01JE" + (number - 1)).equals(last)) {
            say(exchange, 400, error("wrong_id", "Last-Event-ID is " + last + "."));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            String text = ": here\n\nid: 01JE" + number + "\nevent: phase_changed\ndata: " + event(number) + "\n\n";
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String event(int number) {
        return (
            "{\"id\":\"01JE" +
            number +
            "\",\"at\":\"2026-11-23T16:40:00Z\",\"kind\":\"phase_changed\",\"level\":\"info\"," +
            "\"server\":\"survival\",\"message\":\"event " +
            number +
            "\",\"data\":{}}"
        );
    }

    private String server(String name) {
        return """
        {"name":"%s","phase":"ASLEEP","status":"stopped","reachable":true,"node":"n1","address":null,"players":null,
         "since":"2026-11-23T16:40:00Z","hosts":["%s.example.org"],"managedBy":"api","managed":true,"payPerUse":true,
         "costOptimization":"off","memoryBytes":4294967296,"owners":["Ann"],"failure":"","lastLines":["one","two"]}
        """.formatted(name, name);
    }

    private static final String STATUS = """
    {"version":"0.1","startedAt":"2026-11-23T16:00:00Z","players":{"online":3,"waiting":1},
     "servers":{"total":12,"phases":{"ASLEEP":9,"AWAKE":3}},"nodes":{"total":2,"up":2},"operations":{"running":1},"store":"sqlite"}
    """;

    private static final String NODES = """
    {"nodes":[{"name":"n1","driver":"docker","endpoint":null,"address":"10.99.1.2","reachable":true,"draining":false,
     "memoryBytes":17179869184,"promisedBytes":4294967296,"cores":8,"price":null,"servers":1,"managedBy":"yaml"}]}
    """;

    private static final String PLAYERS = """
    {"players":[{"name":"Ann","uuid":"069a79f4-44e9-4726-a5be-fca90e38aaf5","version":"1.21.8","protocol":772,
     "address":null,"attachment":"waiting","server":"survival","since":"2026-11-23T16:40:00Z"}]}
    """;

    private static String error(String code, String message) {
        return JsonMapper.shared().createObjectNode().put("error", code).put("message", message).toString();
    }

    private static void say(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
