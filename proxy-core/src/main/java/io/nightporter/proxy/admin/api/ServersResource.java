package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.fleet.OrderAnswer;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.fleet.WakeAnswer;
import io.nightporter.orchestrator.fleet.Why;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.proxy.admin.api.Answers.BegunBody;
import io.nightporter.proxy.admin.api.Answers.MessageBody;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Call;
import io.nightporter.proxy.admin.route.Doc;
import io.nightporter.proxy.admin.route.Handler;
import io.nightporter.proxy.admin.route.Parameter;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Rule;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Servers as they are, and orders to them. */
final class ServersResource {

    private static final String SERVER = "/api/servers/{name}";
    private static final int MOST_LINES = 1000;
    private static final int USUAL_LINES = 100;

    record ServersBody(List<ServerBody> servers) {}

    record StatusBody(
        @Doc(words = { "stopped", "starting", "running", "stopping", "moving", "failed", "unreachable" }) String status,
        Phase phase,
        @Nullable Integer players,
        @Nullable String node,
        @Nullable Double readyInSeconds
    ) {}

    record LinesBody(@Doc("Oldest first.") List<String> lines) {}

    record SentencesBody(List<String> sentences) {}

    private final ApiParts parts;
    private final Directory directory;

    ServersResource(ApiParts parts, Directory directory) {
        this.parts = parts;
        this.directory = directory;
    }

    List<Route> routes() {
        return List.of(
            Route.get("/api/servers", Rule.LOOK, "All servers, by name.", ServersBody.class, this::list).asks(
                Parameter.text("phase", "Only servers in this phase, such as AWAKE."),
                Parameter.text("node", "Only servers that have their place there."),
                Parameter.text("owner", "Only servers of this owner.")
            ),
            Route.get(SERVER, Rule.LOOK_AT_SERVER, "One server.", ServerDetailBody.class, this::show),
            Route.get(SERVER + "/status", Rule.LOOK_AT_SERVER, "How it is, in short.", StatusBody.class, this::status),
            Route.get(
                SERVER + "/logs",
                Rule.LOOK_AT_SERVER,
                "What it has printed lately.",
                LinesBody.class,
                this::logs
            ).asks(Parameter.number("tail", MOST_LINES, "How many lines; 100 if left out.")),
            Route.get(
                SERVER + "/why",
                Rule.LOOK_AT_SERVER,
                "Why it is awake or asleep, and what would change that.",
                SentencesBody.class,
                this::why
            ),
            order("start", "Starts it, if it does not run.", this::start),
            order("stop", "Saves and stops it; nothing but a start or a player wakes it again.", call ->
                answer(call, parts.fleet().stop(name(call), cause(call)))
            ),
            order("restart", "Saves, stops and starts it.", call ->
                answer(call, parts.fleet().restart(name(call), cause(call)))
            ),
            order("pin", "Wakes it and keeps it awake until it is unpinned.", call ->
                answer(call, parts.fleet().pin(name(call), call.who().name()))
            ),
            order("unpin", "Lets it sleep by its rules again.", call ->
                answer(call, parts.fleet().unpin(name(call), call.who().name()))
            )
        );
    }

    private Route order(String word, String summary, Handler handler) {
        return Route.of("POST", SERVER + "/" + word, Rule.ORDER_SERVER, summary, call -> {
            directory.server(call.who(), call.at("name"));
            return handler.handle(call);
        })
            .answers(200, MessageBody.class)
            .answers(202, BegunBody.class);
    }

    private static String name(Call call) {
        return call.at("name");
    }

    private static Cause cause(Call call) {
        return Cause.order(call.who().name());
    }

    private static Reply answer(Call call, CompletableFuture<OrderAnswer> order) throws ApiException {
        return Answers.of(Answers.await(order), "server", name(call));
    }

    private Reply start(Call call) throws ApiException {
        return switch (Answers.await(parts.fleet().wake(name(call), cause(call)))) {
            case WakeAnswer.Awake _ -> Reply.ok(new MessageBody(name(call) + " is awake."));
            case WakeAnswer.Starting(String operation, ServerView _) -> new Reply.Json(202, new BegunBody(operation));
            case WakeAnswer.Refused(String message, ServerView _) -> throw ApiException.refused(message);
            // Orders are not asked who they are from.
            case WakeAnswer.NotAllowed _ -> throw ApiException.refused(name(call) + " may not be woken.");
            case WakeAnswer.Unknown _ -> throw ApiException.notFound("There is no server " + name(call) + " any more.");
        };
    }

    private ServerBody body(ServerView view, Instant now) {
        return ServerBody.of(view, now, parts.time().zone());
    }

    private Reply list(Call call) throws ApiException {
        @Nullable
        Phase phase = phase(call);
        @Nullable
        String node = call.text("node").orElse(null);
        @Nullable
        String owner = call.text("owner").orElse(null);
        Instant now = parts.time().now();
        return Reply.ok(
            new ServersBody(
                directory
                    .servers(call.who())
                    .stream()
                    .filter(view -> phase == null || view.phase() == phase)
                    .filter(view -> node == null || node.equals(view.node()))
                    .filter(
                        view ->
                            owner == null ||
                            view
                                .definition()
                                .owners()
                                .stream()
                                .anyMatch(one -> one.equalsIgnoreCase(owner))
                    )
                    .map(view -> body(view, now))
                    .toList()
            )
        );
    }

    private static @Nullable Phase phase(Call call) throws ApiException {
        String written = call.text("phase").orElse(null);
        if (written == null) {
            return null;
        }
        for (Phase phase : Phase.values()) {
            if (phase.name().equals(written.toUpperCase(Locale.ROOT))) {
                return phase;
            }
        }
        throw ApiException.badRequest(
            "The phases are " + Arrays.toString(Phase.values()).replaceAll("[\\[\\]]", "") + "."
        );
    }

    private Reply show(Call call) throws ApiException {
        return Reply.ok(detail(call));
    }

    ServerDetailBody detail(Call call) throws ApiException {
        ServerView view = directory.server(call.who(), name(call));
        return new ServerDetailBody(
            body(view, parts.time().now()),
            Written.shownTo(call.who(), view.definition()),
            ServerDetailBody.WakesBody.of(parts.store().wakes(view.name(), ServerDetailBody.WakesBody.LATEST))
        );
    }

    private Reply status(Call call) throws ApiException {
        ServerView view = directory.server(call.who(), name(call));
        return Reply.ok(
            new StatusBody(
                view.status().word(),
                view.phase(),
                view.players(),
                view.node(),
                ServerBody.seconds(view.readyIn(parts.time().now()))
            )
        );
    }

    private Reply logs(Call call) throws ApiException {
        ServerView view = directory.server(call.who(), name(call));
        try {
            return Reply.ok(new LinesBody(parts.fleet().logs(view.name(), call.number("tail", USUAL_LINES))));
        } catch (DriverException e) {
            throw new ApiException(503, "node_unavailable", String.valueOf(e.getMessage()));
        }
    }

    private Reply why(Call call) throws ApiException {
        ServerView view = directory.server(call.who(), name(call));
        return Reply.ok(new SentencesBody(Why.of(view, parts.time().now(), parts.time().zone())));
    }
}
