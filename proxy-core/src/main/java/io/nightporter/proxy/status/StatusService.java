package io.nightporter.proxy.status;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ProxySettings.UnknownHost;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.FleetLink;
import io.nightporter.proxy.fleet.Outlook;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.routing.Route;
import io.nightporter.proxy.routing.Router;
import io.nightporter.proxy.routing.VirtualHost;
import io.nightporter.proxy.status.LegacyPing.Detection.Ping;
import io.nightporter.proxy.status.StatusListener.Source;
import io.nightporter.proxy.text.Message;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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
    private final Lobbies lobbies;
    private final UnknownHost unknownHost;
    private final WelcomeVersions welcome;
    private final StatusComposer composer;
    private final BackendStatuses backends;
    private final FleetLink fleet;
    private final StatusListener listener;
    private final ConcurrentHashMap<Asked, Written> written = new ConcurrentHashMap<>();

    /** @param name of the server, or of the network that it stands for */
    private record Shown(String name, ServerSettings server) {}

    private record Asked(String name, String server, int protocol) {}

    /** An answer as it goes to clients, and the server's that it was made from. */
    private record Written(BackendStatus status, String json) {}

    /**
     * @param lobbies which of them stands for its network
     * @param backends what outlives this configuration
     * @param fleet which knows how managed servers are
     * @param listener hears of every answer
     */
    public StatusService(
        Configuration configuration,
        Router router,
        Lobbies lobbies,
        ProtocolVersions versions,
        BackendStatuses backends,
        FleetLink fleet,
        StatusListener listener
    ) {
        this.router = router;
        this.lobbies = lobbies;
        this.unknownHost = configuration.proxy().unknownHost();
        this.welcome = new WelcomeVersions(versions);
        this.composer = new StatusComposer(
            configuration.proxy().presentation(),
            welcome,
            configuration.waitingRoom().phrasebook()
        );
        this.backends = backends;
        this.fleet = fleet;
        this.listener = listener;
    }

    /**
     * The answer for a client since 1.7.
     *
     * @param protocol that the client's handshake says, whatever it is
     * @return JSON for the status response, at most 32,767 characters; empty: the connection is closed without a word
     */
    public CompletionStage<Optional<String>> answer(Route route, int protocol) {
        Shown shown = shown(route, protocol);
        if (shown == null) {
            return unknown(route.host(), protocol).thenApply(page -> page.map(StatusComposer::write));
        }
        return seen(shown, protocol).thenApply(seen -> Optional.of(text(shown, seen, protocol)));
    }

    /** Null: nobody claims the hostname. */
    private @Nullable Shown shown(Route route, int protocol) {
        return switch (route) {
            case Route.Unknown _ -> null;
            case Route.ToServer(var server, _) -> new Shown(server.name(), server);
            case Route.ToNetwork(var network, _) -> {
                ServerSettings lobby = lobbies.shown(network, protocol);
                yield new Shown(network.name(), lobby.shownAs(network.presentation().or(lobby.presentation())));
            }
        };
    }

    private CompletableFuture<BackendStatuses.Seen> seen(Shown shown, int protocol) {
        ServerSettings server = shown.server();
        Message line = server.managed() ? Outlook.listed(fleet.view(server.name()), Instant.now()) : null;
        return line == null ? backends.of(server, welcome.toAskWith(server, protocol)) : backends.away(server, line);
    }

    /** Written once for every answer of a server, not for every question of a client. */
    private String text(Shown shown, BackendStatuses.Seen seen, int protocol) {
        Asked asked = new Asked(shown.name(), shown.server().name(), protocol);
        Written last = written.get(asked);
        if (last != null && last.status().equals(seen.status())) {
            count(seen);
            return last.json();
        }
        String json = StatusComposer.write(page(shown.server(), seen, protocol));
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
        Shown shown = shown(route, NO_PROTOCOL);
        if (shown == null) {
            return unknown(route.host(), NO_PROTOCOL).thenApply(page ->
                page.map(known -> legacy(ping, welcome.describeAll(), known))
            );
        }
        return seen(shown, NO_PROTOCOL).thenApply(seen ->
            Optional.of(legacy(ping, welcome.describe(shown.server()), page(shown.server(), seen, NO_PROTOCOL)))
        );
    }

    /** Empty: hang up. */
    private CompletableFuture<Optional<ObjectNode>> unknown(VirtualHost host, int protocol) {
        if (unknownHost == UnknownHost.DROP) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        listener.answered(Source.SELF);
        return CompletableFuture.completedFuture(Optional.of(composer.unknownHost(host.name(), protocol)));
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

    private static ByteBuf legacy(Ping ping, String version, ObjectNode page) {
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
