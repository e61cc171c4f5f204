package io.nightporter.proxy.admin.route;

import com.sun.net.httpserver.HttpExchange;
import io.nightporter.orchestrator.store.StoreException;
import io.nightporter.proxy.admin.access.AuditLog;
import io.nightporter.proxy.admin.access.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests to their routes: finds out who asks, whether they may, whether what they send makes sense, and writes down
 * what they changed.
 */
public final class Api {

    private static final Logger log = LoggerFactory.getLogger(Api.class);

    /** Of event streams at the same time. */
    public static final int MAX_STREAMS = 32;

    private static final String BEARER = "Bearer ";
    private static final String OTHER = "other";

    /** Is told of each request: the route as it is declared, or {@code other}. */
    @FunctionalInterface
    public interface Meter {
        void answered(String route, int status, Duration time);
    }

    private record Found(Route route, Map<String, String> path) {}

    private record Answered(String label, @Nullable Caller caller, int status) {}

    private final List<Route> routes;
    private final Gate gate;
    private final AuditLog audit;
    private final Meter meter;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);

    public Api(List<Route> routes, Gate gate, AuditLog audit, Meter meter) {
        this.routes = List.copyOf(routes);
        this.gate = gate;
        this.audit = audit;
        this.meter = meter;
    }

    public List<Route> routes() {
        return routes;
    }

    /** Whose token the request shows. */
    public Optional<Caller> caller(HttpExchange exchange) {
        List<String> headers = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        if (headers.size() != 1 || !headers.getFirst().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return gate.caller(headers.getFirst().substring(BEARER.length()).strip());
    }

    /**
     * Answers a request, on a thread that may block.
     *
     * @param streaming is called when the answer is one that goes on
     */
    public void handle(HttpExchange exchange, Answering answering, Runnable streaming) throws IOException {
        long began = System.nanoTime();
        var request = new Request(exchange);
        Reply reply = request.reply();
        Answered answered = new Answered(request.label(), request.caller, request.status);
        note(exchange, answered, Duration.ofNanos(System.nanoTime() - began));
        switch (reply) {
            case Reply.Json(int status, Object body) -> answering.send(
                exchange,
                status,
                Answering.JSON,
                Bodies.write(body)
            );
            case Reply.Stream(EventSource source) -> {
                streaming.run();
                try {
                    answering.stream(exchange, source);
                } catch (InterruptedException _) {
                    log.debug("event stream ended");
                } finally {
                    streams.release();
                }
            }
        }
    }

    private void note(HttpExchange exchange, Answered answered, Duration time) {
        String method = exchange.getRequestMethod();
        boolean looks = method.equals("GET") || method.equals("HEAD");
        boolean refused = answered.status == 401 || answered.status == 403;
        if (refused || (!looks && answered.status < 400)) {
            audit.record(
                answered.caller,
                method,
                exchange.getRequestURI().getRawPath(),
                answered.status,
                exchange.getRemoteAddress().getAddress().getHostAddress()
            );
        }
        meter.answered(answered.label, answered.status, time);
    }

    /** One request on its way. */
    private final class Request {

        private final HttpExchange exchange;
        private @Nullable Caller caller;
        private @Nullable Route route;
        private int status;

        Request(HttpExchange exchange) {
            this.exchange = exchange;
        }

        String label() {
            return route == null ? OTHER : route.label();
        }

        Reply reply() throws IOException {
            Reply reply;
            try {
                reply = answer();
            } catch (ApiException e) {
                reply = new Reply.Json(e.status(), e.body());
            } catch (StoreException e) {
                log.debug("admin request not answered reason=\"{}\"", e.getMessage());
                reply = error(
                    503,
                    "store_unavailable",
                    "The database does not answer; Nightporter's log says why. Try again."
                );
            } catch (RuntimeException e) {
                log.error("admin request failed route={}", label(), e);
                reply = error(500, "internal", "Nightporter could not answer; its log says why.");
            }
            status = reply instanceof Reply.Json json ? json.status() : 200;
            if (status >= 400) {
                RequestText.discard(exchange);
            }
            if (status == 401) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            }
            return reply;
        }

        private static Reply error(int status, String error, String message) {
            return new Reply.Json(status, new ApiException.ErrorBody(error, message));
        }

        private Reply answer() throws ApiException, IOException {
            List<String> path = Target.path(exchange.getRequestURI());
            List<Found> matching = routes
                .stream()
                .flatMap(one ->
                    one
                        .match(path)
                        .map(values -> new Found(one, values))
                        .stream()
                )
                .toList();
            String method = exchange.getRequestMethod();
            String wanted = method.equals("HEAD") ? "GET" : method;
            Optional<Found> found = matching
                .stream()
                .filter(one -> one.route.method().equals(wanted))
                .findFirst();
            boolean open = found.isPresent() && found.get().route.rule() == Rule.ANYBODY;
            if (!open) {
                caller = caller(exchange).orElseThrow(Request::noToken);
            }
            if (found.isEmpty()) {
                throw matching.isEmpty() ? nothing() : wrongMethod(method, matching);
            }
            route = found.get().route;
            return admitted(found.get());
        }

        private Reply admitted(Found found) throws ApiException, IOException {
            if (caller != null) {
                if (!found.route.rule().admits(caller.scope())) {
                    throw ApiException.forbidden(
                        "The token " +
                            caller.name() +
                            " has the scope " +
                            caller.scope().name().toLowerCase(java.util.Locale.ROOT) +
                            ", which does not do this. Use another token."
                    );
                }
                gate.admit(found.route.rule(), caller, found.path);
            }
            Map<String, String> query = Target.query(exchange.getRequestURI(), found.route.query());
            String text = RequestText.read(exchange, found.route.body());
            Class<?> type = found.route.body().type();
            Object body = type == null || text.isEmpty() ? null : Bodies.read(text, type);
            Reply reply = found.route.handler().handle(new Call(caller, found.path, query, headers(), text, body));
            if (reply instanceof Reply.Stream && !streams.tryAcquire()) {
                throw new ApiException(
                    503,
                    "too_many_streams",
                    "There are " + MAX_STREAMS + " event streams already. End one, or ask with ?follow=false."
                );
            }
            return reply;
        }

        private Map<String, String> headers() {
            return List.of("accept", "last-event-id")
                .stream()
                .filter(name -> exchange.getRequestHeaders().getFirst(name) != null)
                .collect(Collectors.toMap(name -> name, name -> exchange.getRequestHeaders().getFirst(name)));
        }

        private static ApiException noToken() {
            return new ApiException(
                401,
                "unauthorized",
                "Send a token that is good, as Authorization: Bearer np_…. On the machine where Nightporter runs there is one " +
                    "in the file admin.token in its data directory."
            );
        }

        private static ApiException nothing() {
            return ApiException.notFound("There is nothing at this address; /api/openapi.json says what there is.");
        }

        private ApiException wrongMethod(String method, List<Found> matching) {
            String allowed = matching
                .stream()
                .map(one -> one.route.method())
                .flatMap(one -> one.equals("GET") ? List.of("GET", "HEAD").stream() : List.of(one).stream())
                .sorted()
                .collect(Collectors.joining(", "));
            exchange.getResponseHeaders().set("Allow", allowed);
            return new ApiException(
                405,
                "method_not_allowed",
                Names.quoted(method) + " is not done here; there is " + allowed + "."
            );
        }
    }
}
