package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.proxy.admin.access.Caller;
import io.nightporter.proxy.admin.api.PlayerDesk.OnlinePlayer;
import io.nightporter.proxy.admin.route.Call;
import io.nightporter.proxy.admin.route.Doc;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything in numbers. */
final class StatusResource {

    record OverviewBody(
        @Doc("Nightporter's own.") String version,
        Instant startedAt,
        PlayerCountsBody players,
        ServerCountsBody servers,
        NodeCountsBody nodes,
        OperationCountsBody operations,
        @Doc(words = { "sqlite", "postgresql" }) String store
    ) {}

    record PlayerCountsBody(@Doc("All, waiting or not.") int online, int waiting) {}

    record ServerCountsBody(
        int total,
        @Doc("How many there are in each phase; without those that have none.") Map<String, Integer> phases
    ) {}

    record NodeCountsBody(int total, @Doc("Those that answer.") int up) {}

    record OperationCountsBody(int running) {}

    private final ApiParts parts;
    private final Directory directory;

    StatusResource(ApiParts parts, Directory directory) {
        this.parts = parts;
        this.directory = directory;
    }

    List<Route> routes() {
        return List.of(
            Route.get("/api/status", Rule.LOOK, "Everything in numbers.", OverviewBody.class, this::overview)
        );
    }

    private Reply overview(Call call) {
        Caller caller = call.who();
        List<ServerView> servers = directory.servers(caller);
        List<OnlinePlayer> players = directory.players(caller);
        List<NodeView> nodes = nodes(caller, servers);
        return Reply.ok(
            new OverviewBody(
                parts.version(),
                parts.startedAt(),
                new PlayerCountsBody(players.size(), (int) players.stream().filter(OnlinePlayer::waiting).count()),
                new ServerCountsBody(servers.size(), phases(servers)),
                new NodeCountsBody(nodes.size(), (int) nodes.stream().filter(NodeView::reachable).count()),
                new OperationCountsBody(
                    (int) parts
                        .store()
                        .runningOperations()
                        .stream()
                        .filter(one -> directory.concerns(caller, one.server()))
                        .count()
                ),
                parts.storeKind()
            )
        );
    }

    /** For owners: those that their servers are on. */
    private List<NodeView> nodes(Caller caller, List<ServerView> servers) {
        return parts
            .fleet()
            .nodes()
            .stream()
            .filter(
                node ->
                    !caller.isOwner() || servers.stream().anyMatch(one -> node.definition().name().equals(one.node()))
            )
            .toList();
    }

    private static Map<String, Integer> phases(List<ServerView> servers) {
        Map<String, Integer> counts = new TreeMap<>();
        for (ServerView server : servers) {
            Phase phase = server.phase();
            counts.merge(phase.name(), 1, Integer::sum);
        }
        return counts;
    }
}
