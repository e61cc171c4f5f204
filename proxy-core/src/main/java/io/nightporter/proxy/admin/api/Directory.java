package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.Fleet;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.store.Store;
import io.nightporter.proxy.admin.access.AccessTokens;
import io.nightporter.proxy.admin.access.Caller;
import io.nightporter.proxy.admin.api.PlayerDesk.OnlinePlayer;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Gate;
import io.nightporter.proxy.admin.route.Names;
import io.nightporter.proxy.admin.route.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What there is as far as somebody may know: to an owner, other people's servers are not there. */
final class Directory implements Gate {

    private final Fleet fleet;
    private final Store store;
    private final PlayerDesk desk;
    private final AccessTokens tokens;

    Directory(Fleet fleet, Store store, PlayerDesk desk, AccessTokens tokens) {
        this.fleet = fleet;
        this.store = store;
        this.desk = desk;
        this.tokens = tokens;
    }

    @Override
    public Optional<Caller> caller(String token) {
        return tokens.caller(token);
    }

    @Override
    public void admit(Rule rule, Caller caller, Map<String, String> path) throws ApiException {
        switch (rule) {
            case ANYBODY, LOOK, LOOK_AT_ALL, GOVERN -> {
                // The scope says it all.
            }
            case LOOK_AT_SERVER, ORDER_SERVER -> {
                // Admins may name servers that are yet to be made.
                if (caller.isOwner()) {
                    server(caller, path.getOrDefault("name", ""));
                }
            }
            case LOOK_AT_OPERATION, ORDER_OPERATION -> operation(caller, path.getOrDefault("id", ""));
            case ORDER_PLAYER -> player(caller, path.getOrDefault("name", ""));
        }
    }

    List<ServerView> servers(Caller caller) {
        return fleet
            .servers()
            .stream()
            .filter(server -> caller.sees(server.definition()))
            .toList();
    }

    ServerView server(Caller caller, String name) throws ApiException {
        Optional<ServerView> found = fleet.server(name).filter(server -> caller.sees(server.definition()));
        if (found.isEmpty()) {
            throw Names.unknown("server", name, servers(caller).stream().map(ServerView::name).toList());
        }
        return found.get();
    }

    /** Whether something that is told of a server, or of none, is for somebody's ears. */
    boolean concerns(Caller caller, @Nullable String server) {
        return (
            !caller.isOwner() ||
            (server != null &&
                fleet
                    .server(server)
                    .filter(view -> caller.sees(view.definition()))
                    .isPresent())
        );
    }

    Operation operation(Caller caller, String id) throws ApiException {
        return store
            .operation(id)
            .filter(one -> concerns(caller, one.server()))
            .orElseThrow(() ->
                ApiException.notFound(
                    "There is no operation " + Names.quoted(id) + "; those that are long over are forgotten."
                )
            );
    }

    List<OnlinePlayer> players(Caller caller) {
        return desk
            .list()
            .stream()
            .filter(player -> concerns(caller, player.server()))
            .toList();
    }

    /** @param nameOrId the name whatever the case, or the UUID */
    OnlinePlayer player(Caller caller, String nameOrId) throws ApiException {
        List<OnlinePlayer> players = players(caller);
        for (OnlinePlayer player : players) {
            if (player.name().equalsIgnoreCase(nameOrId) || player.id().toString().equalsIgnoreCase(nameOrId)) {
                return player;
            }
        }
        throw Names.unknown("player", nameOrId, players.stream().map(OnlinePlayer::name).toList());
    }
}
