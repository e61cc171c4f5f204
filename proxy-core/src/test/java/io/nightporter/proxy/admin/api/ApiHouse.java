package io.nightporter.proxy.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.fleet.FleetParts;
import io.nightporter.orchestrator.fleet.FleetSettings;
import io.nightporter.orchestrator.fleet.Orchestrator;
import io.nightporter.orchestrator.fleet.OrderAnswer;
import io.nightporter.orchestrator.fleet.Placement;
import io.nightporter.orchestrator.fleet.Probe;
import io.nightporter.orchestrator.fleet.ServerConsole;
import io.nightporter.orchestrator.fleet.WallClock;
import io.nightporter.orchestrator.model.AccessToken.Scope;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Ulid;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.orchestrator.store.Change;
import io.nightporter.orchestrator.store.SqlStore;
import io.nightporter.proxy.admin.AdminServer;
import io.nightporter.proxy.admin.Readiness;
import io.nightporter.proxy.admin.api.PlayerDesk.Answer;
import io.nightporter.proxy.admin.api.PlayerDesk.OnlinePlayer;
import io.nightporter.proxy.admin.route.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real admin server over a real fleet with a real store, on a node in memory. Every answer that it gives is held against
 * the document that it gives of itself.
 */
final class ApiHouse implements AutoCloseable {

    /** What was answered. */
    record Heard(int status, String body, HttpResponse<String> response) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String error() {
            return json().get("error").asString();
        }

        String message() {
            return json().get("message").asString();
        }
    }

    private final List<String> metered = new CopyOnWriteArrayList<>();

    final SqlStore store;
    final WallClock time = new WallClock(ZoneOffset.UTC);
    final Orchestrator fleet;
    final Map<UUID, OnlinePlayer> players = new ConcurrentHashMap<>();
    final List<String> said = new CopyOnWriteArrayList<>();
    final AdminApi api;
    final AdminServer server;
    final HttpClient client = HttpClient.newHttpClient();
    final Map<Scope, String> tokens;
    final ObjectNode document;
    /** Routes and statuses that were seen. */
    final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    final int port;

    ApiHouse(Path folder) throws IOException {
        store = SqlStore.open("sqlite:fleet.db?synchronous=OFF", folder);
        fleet = Orchestrator.open(
            new FleetParts(
                store,
                _ -> new InstantDriver(),
                (_, _) -> new Probe.Result.Ready(0),
                ServerConsole.NONE,
                _ -> CompletableFuture.completedFuture(0),
                Placement.ROOMIEST,
                time,
                FleetSettings.DEFAULT
            )
        );
        fleet.define(new NodeDefinition("n1", "docker"));
        api = new AdminApi(
            new ApiParts(
                "1.2.3",
                Instant.now(),
                "sqlite",
                store,
                store.access(),
                fleet,
                orders(),
                new SmallDefinitions(),
                desk(),
                time
            ),
            (route, status, _) -> metered.add(route + " " + status)
        );
        tokens = Map.of(
            Scope.ADMIN,
            token("boss", Scope.ADMIN, null),
            Scope.READ,
            token("eyes", Scope.READ, null),
            Scope.OWNER,
            token("steves", Scope.OWNER, "Steve")
        );
        port = freePort();
        server = new AdminServer(new HostAndPort("127.0.0.1", port), () -> "", new Readiness(), api);
        server.start();
        document = (ObjectNode) JsonMapper.shared().readTree(
            send(request("GET", "/api/openapi.json", null, null)).body()
        );
    }

    /** Anew, if the store has one of that name. */
    private String token(String name, Scope scope, @Nullable String owner) {
        api.tokens()
            .all()
            .stream()
            .filter(one -> one.name().equals(name))
            .forEach(one -> api.tokens().revoke(one.id()));
        return api.tokens().create(name, scope, owner, null).orElseThrow().secret();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private FleetOrders orders() {
        return new FleetOrders() {
            @Override
            public CompletableFuture<OrderAnswer> cancel(String operation, String who) {
                said.add("cancel " + operation + " by " + who);
                return CompletableFuture.completedFuture(
                    operation.endsWith("Z") ? new OrderAnswer.Begun(operation) : new OrderAnswer.Already("It is over.")
                );
            }

            @Override
            public OrderAnswer drain(String node, boolean draining, String who) {
                said.add("drain " + node + " " + draining + " by " + who);
                return new OrderAnswer.Already(node + " drains.");
            }

            @Override
            public void awaitRoutes() {
                // Nobody is sent anywhere.
            }
        };
    }

    private PlayerDesk desk() {
        return new PlayerDesk() {
            @Override
            public List<OnlinePlayer> list() {
                return List.copyOf(players.values());
            }

            private CompletableFuture<Answer> done(String words) {
                said.add(words);
                return CompletableFuture.completedFuture(new Answer.Done(words));
            }

            @Override
            public CompletableFuture<Answer> send(UUID player, String target) {
                return done("send " + player + " " + target);
            }

            @Override
            public CompletableFuture<Answer> kick(UUID player, String miniMessage) {
                return done("kick " + player + " " + miniMessage);
            }

            @Override
            public CompletableFuture<Answer> message(UUID player, String miniMessage) {
                return done("message " + player + " " + miniMessage);
            }
        };
    }

    /** A sleeping server of somebody. */
    String define(String name, String owner) throws Exception {
        fleet
            .define(
                ServerDefinition.named(name, new Workload.Image("itzg", Map.of()))
                    .node("n1")
                    .plan(Plan.PAY_PER_USE)
                    .owners(List.of(owner))
                    .managedBy(ManagedBy.API)
                    .written(
                        "{\"image\":\"itzg\",\"payPerUse\":true,\"owners\":[\"" + owner + "\"],\"env\":{\"A\":\"b\"}}"
                    )
                    .build()
            )
            .get();
        return name;
    }

    /** Somebody on a server. */
    OnlinePlayer join(String name, String on) {
        var player = new OnlinePlayer(
            UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            name,
            "1.21",
            767,
            "192.0.2.1",
            false,
            on,
            Instant.now()
        );
        players.put(player.id(), player);
        return player;
    }

    /** An operation that is on record. */
    Operation operation(String at, Operation.State state) {
        Instant now = Instant.now();
        var made = new Operation(
            Ulid.MAKER.next(now),
            Operation.Kind.START,
            at,
            Cause.order("boss"),
            state,
            List.of(new Operation.Step("place", now, now, "n1"), new Operation.Step("start", now, null, "")),
            0.5,
            "",
            now,
            now
        );
        store.write(new Change.PutOperation(made));
        return made;
    }

    /** One that is good, of this scope. */
    String token(Scope scope) {
        return Objects.requireNonNull(tokens.get(scope));
    }

    List<String> metered() {
        return metered;
    }

    HttpRequest.Builder request(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            return request.method(method, BodyPublishers.noBody());
        }
        return request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    Heard send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Heard(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Asks as an admin. */
    Heard ask(String method, String path, @Nullable String body) {
        return ask(method, path, token(Scope.ADMIN), body);
    }

    Heard get(String path) {
        return ask("GET", path, null);
    }

    Heard ask(String method, String path, @Nullable String token, @Nullable String body) {
        Heard heard = send(request(method, path, token, body));
        Route route = route(method, path);
        if (route != null && !method.equals("HEAD")) {
            hold(route, heard);
        }
        return heard;
    }

    private @Nullable Route route(String method, String path) {
        List<String> wanted = List.of(path.replaceAll("\\?.*", "").split("/"));
        for (Route route : api.routes().routes()) {
            List<String> template = List.of(route.template().split("/"));
            boolean fits = route.method().equals(method) && template.size() == wanted.size();
            for (int i = 0; fits && i < template.size(); i++) {
                fits = template.get(i).startsWith("{") || template.get(i).equals(wanted.get(i));
            }
            if (fits) {
                return route;
            }
        }
        return null;
    }

    /** The answer has the shape that the document says. */
    private void hold(Route route, Heard heard) {
        seen.add(route.label() + " " + heard.status);
        JsonNode responses = document
            .get("paths")
            .get(route.template())
            .get(route.method().toLowerCase(java.util.Locale.ROOT))
            .get("responses");
        String status = Integer.toString(heard.status);
        JsonNode response = responses.has(status) ? responses.get(status) : responses.get("default");
        assertThat(heard.status < 300 ? responses.has(status) : true)
            .as("%s documents %s", route.label(), status)
            .isTrue();
        ObjectNode schema = (ObjectNode) response.get("content").get("application/json").get("schema").deepCopy();
        schema.set("components", document.get("components"));
        var errors = schemas
            .computeIfAbsent(schema.get("$ref") + "", _ ->
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema.toString())
            )
            .validate(heard.body, InputFormat.JSON);
        assertThat(errors).as("%s answers %s", route.label(), heard.body).isEmpty();
    }

    List<String> names(JsonNode list, String key) {
        List<String> names = new ArrayList<>();
        list.forEach(one -> names.add(one.get(key).asString()));
        return names;
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
        fleet.close();
        time.close();
        store.close();
    }
}
