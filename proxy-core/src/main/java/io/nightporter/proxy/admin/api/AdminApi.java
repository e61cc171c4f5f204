package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.proxy.admin.access.AccessTokens;
import io.nightporter.proxy.admin.access.AuditLog;
import io.nightporter.proxy.admin.access.LocalToken;
import io.nightporter.proxy.admin.route.Api;
import io.nightporter.proxy.admin.route.OpenApi;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The admin API, put together. */
public final class AdminApi implements AutoCloseable {

    private final AccessTokens tokens;
    private final Journal journal = new Journal();
    private final Subscription subscription;
    private final Api routes;

    /** @param meter is told of each request */
    public AdminApi(ApiParts parts, Api.Meter meter) {
        this.tokens = new AccessTokens(parts.access(), parts.time()::now);
        var audit = new AuditLog(parts.access(), parts.time()::now);
        var directory = new Directory(parts.fleet(), parts.store(), parts.players(), tokens);
        this.subscription = parts.fleet().subscribe(journal);
        List<Route> all = new ArrayList<>();
        all.addAll(new StatusResource(parts, directory).routes());
        var servers = new ServersResource(parts, directory);
        all.addAll(servers.routes());
        all.addAll(new DefinitionsResource(parts, directory, servers).routes());
        all.addAll(new NodesResource(parts).routes());
        all.addAll(new PlayersResource(parts, directory).routes());
        all.addAll(new OperationsResource(parts, directory).routes());
        all.addAll(new EventsResource(parts, directory, tokens, journal).routes());
        all.addAll(new AccessResource(tokens, audit, parts.time()::now).routes());
        all.add(document(all, parts.version()));
        this.routes = new Api(all, directory, audit, meter);
    }

    private static Route document(List<Route> others, String version) {
        Route itself = Route.get("/api/openapi.json", Rule.ANYBODY, "This document.", ObjectNode.class, _ -> {
            throw new IllegalStateException("replaced below");
        });
        List<Route> all = new ArrayList<>(others);
        all.add(itself);
        Reply document = Reply.ok(OpenApi.of(all, version));
        return Route.get(itself.template(), itself.rule(), itself.summary(), ObjectNode.class, _ -> document);
    }

    /** What takes requests to where they belong. */
    public Api routes() {
        return routes;
    }

    public AccessTokens tokens() {
        return tokens;
    }

    /**
     * Sees to it that the data directory has a token for those who may read it.
     *
     * @throws IOException with a sentence for the user when it cannot be written
     */
    public Path ensureLocalToken(Path dataDirectory) throws IOException {
        return LocalToken.ensure(tokens, dataDirectory);
    }

    /** Ends all event streams. */
    @Override
    public void close() {
        subscription.close();
        journal.close();
    }
}
