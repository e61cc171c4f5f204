package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.proxy.admin.api.Answers.MessageBody;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Call;
import io.nightporter.proxy.admin.route.Doc;
import io.nightporter.proxy.admin.route.Names;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes as they are, and whether servers are started there. */
final class NodesResource {

    record NodesBody(List<NodeBody> nodes) {}

    record DrainRequest(@Doc("true if left out.") @Nullable Boolean draining) {}

    private final ApiParts parts;

    NodesResource(ApiParts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
            Route.get("/api/nodes", Rule.LOOK_AT_ALL, "All nodes, by name.", NodesBody.class, this::list),
            Route.get("/api/nodes/{name}", Rule.LOOK_AT_ALL, "One node.", NodeBody.class, this::show),
            Route.of(
                "POST",
                "/api/nodes/{name}/drain",
                Rule.GOVERN,
                "Keeps servers from being started there, or lets them. What runs goes on.",
                this::drain
            )
                .takes(Route.Body.optional(DrainRequest.class))
                .answers(200, MessageBody.class)
        );
    }

    private Reply list(Call call) {
        return Reply.ok(new NodesBody(parts.fleet().nodes().stream().map(NodeBody::of).toList()));
    }

    static ApiException unknown(ApiParts parts, String name) {
        return Names.unknown(
            "node",
            name,
            parts
                .fleet()
                .nodes()
                .stream()
                .map(view -> view.definition().name())
                .toList()
        );
    }

    private NodeView node(String name) throws ApiException {
        for (NodeView view : parts.fleet().nodes()) {
            if (view.definition().name().equals(name)) {
                return view;
            }
        }
        throw unknown(parts, name);
    }

    private Reply show(Call call) throws ApiException {
        return Reply.ok(NodeBody.of(node(call.at("name"))));
    }

    private Reply drain(Call call) throws ApiException {
        String name = node(call.at("name")).definition().name();
        boolean draining = !(call.body() instanceof DrainRequest(Boolean wanted)) || wanted == null || wanted;
        return Answers.of(parts.orders().drain(name, draining, call.who().name()), "node", name);
    }
}
