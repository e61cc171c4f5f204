package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.NodeView;
import io.nightporter.orchestrator.fleet.OrderAnswer;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.proxy.admin.access.Caller;
import io.nightporter.proxy.admin.api.Answers.BegunBody;
import io.nightporter.proxy.admin.api.Answers.MessageBody;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Bodies;
import io.nightporter.proxy.admin.route.Call;
import io.nightporter.proxy.admin.route.Doc;
import io.nightporter.proxy.admin.route.Names;
import io.nightporter.proxy.admin.route.Parameter;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Route.Body;
import io.nightporter.proxy.admin.route.Rule;
import io.nightporter.proxy.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Definitions of servers and nodes: made, changed and removed. */
final class DefinitionsResource {

    private static final String SERVER = "/api/servers/{name}";
    private static final String NODE = "/api/nodes/{name}";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";

    /** What owners may change of their servers. */
    private static final List<String> FOR_OWNERS = List.of(
        "payPerUse",
        "costOptimization",
        "idleAfter",
        "sleep",
        "awake",
        "wake",
        "budget",
        "motd"
    );

    record ProblemBody(
        @Doc("From 1, in what was sent; 0: it as a whole.") int line,
        @Doc("The key with all keys above it, joined by dots.") String path,
        String message
    ) {}

    record InvalidBody(
        @Doc(words = { "invalid_definition" }) String error,
        String message,
        List<ProblemBody> problems
    ) {}

    record ResultBody(
        @Doc(words = { "server", "node" }) String kind,
        String name,
        @Doc(words = { "created", "changed", "unchanged", "refused" }) String result,
        String message
    ) {}

    record ResultsBody(@Doc("Nodes first, in the order of the text.") List<ResultBody> results) {}

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws ConfigurationException;
    }

    private final ApiParts parts;
    private final Directory directory;
    private final ServersResource servers;

    DefinitionsResource(ApiParts parts, Directory directory, ServersResource servers) {
        this.parts = parts;
        this.directory = directory;
        this.servers = servers;
    }

    List<Route> routes() {
        return List.of(
            Route.of("PUT", SERVER, Rule.GOVERN, "Defines a server, or defines it anew.", this::putServer)
                .takes(Body.DEFINITION)
                .answers(200, ServerDetailBody.class)
                .answers(201, ServerDetailBody.class)
                .answers(422, InvalidBody.class),
            Route.of(
                "PATCH",
                SERVER,
                Rule.ORDER_SERVER,
                "Changes a part of a server's definition; owners: " + String.join(", ", FOR_OWNERS) + ".",
                this::patchServer
            )
                .takes(Body.MERGE_PATCH)
                .answers(200, ServerDetailBody.class)
                .answers(422, InvalidBody.class),
            Route.of(
                "DELETE",
                SERVER,
                Rule.GOVERN,
                "Takes a server out of the fleet, stopping it first. Its data stay.",
                this::deleteServer
            )
                .answers(200, MessageBody.class)
                .answers(202, BegunBody.class),
            Route.of("PUT", NODE, Rule.GOVERN, "Adds a node, or changes what is known of it.", this::putNode)
                .takes(Body.DEFINITION)
                .answers(200, NodeBody.class)
                .answers(201, NodeBody.class)
                .answers(422, InvalidBody.class),
            Route.of("DELETE", NODE, Rule.GOVERN, "Takes a node out of the fleet.", this::deleteNode).answers(
                200,
                MessageBody.class
            ),
            Route.of(
                "POST",
                "/api/apply",
                Rule.GOVERN,
                "Defines several nodes and servers at once. If the text is wrong, nothing is done.",
                this::apply
            )
                .takes(Body.DEFINITION)
                .asks(Parameter.yesOrNo("dryRun", "Only say what would be done."))
                .answers(200, ResultsBody.class)
                .answers(422, InvalidBody.class)
        );
    }

    private static <T> T read(Reading<T> reading) throws ApiException {
        try {
            return reading.read();
        } catch (ConfigurationException e) {
            List<ProblemBody> problems = e
                .problems()
                .stream()
                .map(problem -> new ProblemBody(problem.line(), problem.key(), problem.message()))
                .toList();
            String message =
                "This is not a definition: " +
                problems.getFirst().path() +
                (problems.getFirst().path().isEmpty() ? "" : ": ") +
                problems.getFirst().message() +
                (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "");
            throw new ApiException(422, message, new InvalidBody("invalid_definition", message, problems));
        }
    }

    private static String newName(Call call) throws ApiException {
        String name = call.at("name");
        if (!name.matches(NAME)) {
            throw ApiException.badRequest(
                Names.quoted(name) +
                    " is not a name: write 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit."
            );
        }
        return name;
    }

    // Servers.

    private Reply putServer(Call call) throws ApiException {
        String name = newName(call);
        Optional<ServerView> before = parts.fleet().server(name);
        if (before.isPresent()) {
            refuseForeign(name, before.get().definition().managedBy(), ManagedBy.API);
        }
        ServerDefinition definition = read(() -> parts.definitions().server(name, call.text(), ManagedBy.API));
        define(definition);
        return new Reply.Json(before.isPresent() ? 200 : 201, servers.detail(call));
    }

    private Reply patchServer(Call call) throws ApiException {
        ServerDefinition before = directory.server(call.who(), call.at("name")).definition();
        if (!(Bodies.read(call.text()) instanceof ObjectNode patch)) {
            throw ApiException.badRequest("The body has to be a JSON object with the keys to change.");
        }
        List<String> others = patch
            .propertyNames()
            .stream()
            .filter(key -> !FOR_OWNERS.contains(key))
            .toList();
        if (call.who().isOwner() && !others.isEmpty()) {
            throw ApiException.forbidden(
                "Owners change " +
                    String.join(", ", FOR_OWNERS) +
                    ", and not " +
                    Names.quoted(others.getFirst()) +
                    ". Ask an admin."
            );
        }
        refuseForeign(before.name(), before.managedBy(), ManagedBy.API);
        String merged = Written.merged(Written.of(before), patch).toString();
        ServerDefinition after = read(() -> parts.definitions().server(before.name(), merged, ManagedBy.API));
        if (call.who().isOwner()) {
            refuseForeignNeeds(call.who(), before, after);
        }
        define(after);
        return Reply.ok(servers.detail(call));
    }

    /** What a server needs is woken with it: whose that is, its owner says. */
    private void refuseForeignNeeds(Caller caller, ServerDefinition before, ServerDefinition after)
        throws ApiException {
        List<String> own = directory.servers(caller).stream().map(ServerView::name).toList();
        for (String need : after.wake().needs()) {
            if (!before.wake().needs().contains(need) && !own.contains(need)) {
                throw ApiException.forbidden(
                    Names.quoted(need) + " is not among the servers that this token is for. Ask an admin."
                );
            }
        }
    }

    private void define(ServerDefinition definition) throws ApiException {
        if (Answers.await(parts.fleet().define(definition)) instanceof OrderAnswer.Refused(String message)) {
            throw ApiException.refused(message);
        }
        parts.orders().awaitRoutes();
    }

    private Reply deleteServer(Call call) throws ApiException {
        ServerDefinition known = directory.server(call.who(), call.at("name")).definition();
        ManagedBy by = known.managedBy();
        refuseForeign(known.name(), by, ManagedBy.API, ManagedBy.COMMAND);
        OrderAnswer answer = Answers.await(parts.fleet().remove(known.name(), by, Cause.order(call.who().name())));
        parts.orders().awaitRoutes();
        return Answers.of(answer, "server", known.name());
    }

    private static void refuseForeign(String name, ManagedBy by, ManagedBy... ours) throws ApiException {
        if (!List.of(ours).contains(by)) {
            throw new ApiException(
                409,
                "managed_elsewhere",
                name + " comes from " + by.place() + " and can only be changed there."
            );
        }
    }

    // Nodes.

    private Optional<NodeView> node(String name) {
        return parts
            .fleet()
            .nodes()
            .stream()
            .filter(view -> view.definition().name().equals(name))
            .findFirst();
    }

    private Reply putNode(Call call) throws ApiException {
        String name = newName(call);
        Optional<NodeView> before = node(name);
        if (before.isPresent()) {
            refuseForeign(name, before.get().definition().managedBy(), ManagedBy.API);
        }
        NodeDefinition definition = read(() -> parts.definitions().node(name, call.text(), ManagedBy.API));
        if (parts.fleet().define(definition) instanceof OrderAnswer.Refused(String message)) {
            throw ApiException.refused(message);
        }
        NodeView after = node(name).orElseThrow(() -> ApiException.notFound("The node is gone again."));
        return new Reply.Json(before.isPresent() ? 200 : 201, NodeBody.of(after));
    }

    private Reply deleteNode(Call call) throws ApiException {
        NodeView known = node(call.at("name")).orElseThrow(() -> NodesResource.unknown(parts, call.at("name")));
        ManagedBy by = known.definition().managedBy();
        refuseForeign(call.at("name"), by, ManagedBy.API, ManagedBy.COMMAND);
        return Answers.of(parts.fleet().removeNode(call.at("name"), by), "node", call.at("name"));
    }

    // Several.

    private Reply apply(Call call) throws ApiException {
        DefinitionReader.Batch batch = read(() -> parts.definitions().batch(call.text(), ManagedBy.COMMAND));
        boolean dry = call.is("dryRun", false);
        List<ResultBody> results = new ArrayList<>();
        for (NodeDefinition node : batch.nodes()) {
            results.add(apply(node, dry));
        }
        for (ServerDefinition server : batch.servers()) {
            results.add(apply(server, dry));
        }
        if (!dry) {
            parts.orders().awaitRoutes();
        }
        return Reply.ok(new ResultsBody(List.copyOf(results)));
    }

    private ResultBody apply(NodeDefinition node, boolean dry) {
        Optional<NodeDefinition> before = node(node.name()).map(NodeView::definition);
        String change = before.isEmpty() ? "created" : before.get().equals(node) ? "unchanged" : "changed";
        if (before.isPresent() && before.get().managedBy() != ManagedBy.COMMAND) {
            return foreign("node", node.name(), before.get().managedBy());
        }
        if (dry || change.equals("unchanged")) {
            return result("node", node.name(), change, dry);
        }
        return parts.fleet().define(node) instanceof OrderAnswer.Refused(String message)
            ? new ResultBody("node", node.name(), "refused", message)
            : result("node", node.name(), change, false);
    }

    private ResultBody apply(ServerDefinition server, boolean dry) throws ApiException {
        Optional<ServerDefinition> before = parts.fleet().server(server.name()).map(ServerView::definition);
        String change = before.isEmpty() ? "created" : before.get().equals(server) ? "unchanged" : "changed";
        if (before.isPresent() && before.get().managedBy() != ManagedBy.COMMAND) {
            return foreign("server", server.name(), before.get().managedBy());
        }
        if (dry || change.equals("unchanged")) {
            return result("server", server.name(), change, dry);
        }
        return Answers.await(parts.fleet().define(server)) instanceof OrderAnswer.Refused(String message)
            ? new ResultBody("server", server.name(), "refused", message)
            : result("server", server.name(), change, false);
    }

    private static ResultBody foreign(String kind, String name, ManagedBy by) {
        return new ResultBody(
            kind,
            name,
            "refused",
            name + " comes from " + by.place() + " and can only be changed there."
        );
    }

    private static ResultBody result(String kind, String name, String change, boolean dry) {
        String verb = dry && !change.equals("unchanged") ? " would be " : " is ";
        return new ResultBody(kind, name, change, name + verb + change + ".");
    }
}
