package io.nightporter.proxy.status;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ProxySettings.UnknownHost;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.routing.Route;
import io.nightporter.proxy.routing.Router;
import io.nightporter.proxy.status.LegacyPing.Detection.Ping;
import io.nightporter.proxy.status.StatusListener.Source;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the server lists of clients by one configuration. Nothing here waits or throws: the stages are complete at
 * once or after {@link BackendStatuses#LONGEST_WAIT} at the latest, and never fail. What depends on them may run on any
 * thread. A ping wakes nobody.
 */
public final class StatusService {

    private static final Logger log = LoggerFactory.getLogger(StatusService.class);

    /** Such a client has a protocol number, but from a row of its own, which began anew with 1.7. */
    private static final int NO_PROTOCOL = -1;
    /** Answers that are kept as text; with a picture, each may have 32 KiB. */
    private static final int MOST_WRITTEN = 64;

    private final Router router;
    private final UnknownHost unknownHost;
    private final WelcomeVersions welcome;
    private final StatusComposer composer;
    private final BackendStatuses backends;
    private final StatusListener listener;
    private final ConcurrentHashMap<Asked, Written> written = new ConcurrentHashMap<>();

    private record Asked(String server, int protocol) {}

    /** An answer as it goes to clients, and the server's that it was made from. */
    private record Written(BackendStatus status, String json) {}

    /**
     * @param backends what outlives this configuration
     * @param listener hears of every answer
     */
    public StatusService(
        Configuration configuration,
        Router router,
        ProtocolVersions versions,
        BackendStatuses backends,
        StatusListener listener
    ) {
        this.router = router;
        this.unknownHost = configuration.proxy().unknownHost();
        this.welcome = new WelcomeVersions(versions);
        this.composer = new StatusComposer(configuration.proxy().presentation(), welcome);
        this.backends = backends;
        this.listener = listener;
    }

    /**
     * The answer for a client since 1.7.
     *
     * @param protocol that the client's handshake says, whatever it is
     * @return JSON for the status response, at most 32,767 characters; empty: the connection is closed without a word
     */
    public CompletionStage<Optional<String>> answer(Route route, int protocol) {
        return switch (route) {
            case Route.Unknown _ -> page(route, protocol).thenApply(page -> page.map(StatusComposer::write));
            case Route.ToServer(var server, _) -> backends
                .of(server, welcome.toAskWith(server, protocol))
                .thenApply(seen -> Optional.of(text(server, seen, protocol)));
        };
    }

    /** Written once for every answer of a server, not for every question of a client. */
    private String text(ServerSettings server, BackendStatuses.Seen seen, int protocol) {
        Asked asked = new Asked(server.name(), protocol);
        Written last = written.get(asked);
        if (last != null && last.status().equals(seen.status())) {
            count(seen);
            return last.json();
        }
        String json = StatusComposer.write(page(server, seen, protocol));
        if (written.size() >= MOST_WRITTEN) {
            // Clients can say that they speak any protocol.
            written.clear();
        }
        written.put(asked, new Written(seen.status(), json));
        return json;
    }

    /**
     * The answer for a client before 1.7.
     *
     * @return a packet to be sent, and released, by the caller, who then closes the connection; empty: it is closed
     *     without a word
     */
    public CompletionStage<Optional<ByteBuf>> legacyAnswer(Ping ping) {
        Route route = router.route(ping.host() == null ? "" : ping.host());
        return page(route, NO_PROTOCOL).thenApply(page -> page.map(shown -> legacy(ping, route, shown)));
    }

    /** Empty: hang up. */
    private CompletableFuture<Optional<ObjectNode>> page(Route route, int protocol) {
        return switch (route) {
            case Route.Unknown(var host) -> {
                if (unknownHost == UnknownHost.DROP) {
                    yield CompletableFuture.completedFuture(Optional.empty());
                }
                listener.answered(Source.SELF);
                yield CompletableFuture.completedFuture(Optional.of(composer.unknownHost(host.name(), protocol)));
            }
            case Route.ToServer(var server, _) -> backends
                .of(server, welcome.toAskWith(server, protocol))
                .thenApply(seen -> Optional.of(page(server, seen, protocol)));
        };
    }

    private ObjectNode page(ServerSettings server, BackendStatuses.Seen seen, int protocol) {
        count(seen);
        try {
            return composer.compose(server, seen.status(), protocol);
        } catch (RuntimeException e) {
            log.error("status not composed server={} protocol={}", server.name(), protocol, e);
            return composer.compose(server, new BackendStatus.Down(null, "fault"), protocol);
        }
    }

    private void count(BackendStatuses.Seen seen) {
        boolean up = seen.status() instanceof BackendStatus.Up;
        listener.answered(!up ? Source.SELF : seen.cached() ? Source.CACHE : Source.BACKEND);
    }

    private ByteBuf legacy(Ping ping, Route route, ObjectNode page) {
        String version = switch (route) {
            case Route.ToServer(var server, _) -> welcome.describe(server);
            case Route.Unknown _ -> welcome.describeAll();
        };
        var players = page.path("players");
        return LegacyPing.answer(
            ping.generation(),
            version,
            Motd.legacy(Motd.ofStatus(page.path("description"))),
            players.path("online").asInt(0),
            players.path("max").asInt(0)
        );
    }
}
