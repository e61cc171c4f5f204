package io.nightporter.cli;

import io.nightporter.cli.client.ApiBody;
import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Cell;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Table;
import io.nightporter.cli.output.Terminal.Colour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "nodes", description = "See, add, drain and remove the machines that servers run on.")
final class NodesCommand extends ClientCommand {

    private static final String NAME = "The node's name.";

    @Command(description = "List the nodes.")
    int list() throws ApiException, InterruptedException {
        return show(ApiPath.of("nodes"), NodesCommand::table);
    }

    @Command(description = "Show all about a node.")
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name)
        throws ApiException, InterruptedException {
        return show(ApiPath.of("nodes", name), NodesCommand::details);
    }

    @Command(description = "Add a node, or change one that was added before.")
    int add(
        @Parameters(paramLabel = "NAME", description = NAME) String name,
        @Option(
            names = "-f",
            paramLabel = "FILE",
            description = "What would stand under fleet.nodes.NAME; - is standard input."
        ) @Nullable Path file,
        @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            description = "docker, process or remote."
        ) @Nullable String driver,
        @Option(
            names = "--endpoint",
            paramLabel = "ENDPOINT",
            description = "Such as unix:///var/run/docker.sock."
        ) @Nullable String endpoint,
        @Option(
            names = "--address",
            paramLabel = "HOST",
            description = "Where its published ports are reached."
        ) @Nullable String address,
        @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "What servers may use together."
        ) @Nullable String memory,
        @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any other key. May be repeated."
        ) @Nullable Map<String, String> others
    ) throws ApiException, IOException, InterruptedException {
        WrittenBlock block;
        try {
            block = file == null ? WrittenBlock.empty() : WrittenBlock.of(file);
            block
                .put("driver", driver == null ? null : WrittenBlock.text(driver))
                .put("endpoint", endpoint == null ? null : WrittenBlock.text(endpoint))
                .put("address", address == null ? null : WrittenBlock.text(address))
                .put("memory", memory == null ? null : WrittenBlock.text(memory))
                .putAll(others == null ? Map.of() : others);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        if (block.isEmpty()) {
            throw wrong("say what the node is, by options such as --driver or by a file with -f");
        }
        try (ApiClient api = connect()) {
            var answer = Writing.send(this, file, () -> api.put(ApiPath.of("nodes", name), block.body()));
            tell(answer.body(), name + ": " + (answer.status() == 201 ? "added" : "changed"));
            return ExitCode.DONE;
        }
    }

    @Command(description = "Start no more servers on a node, or, with --off, start them there again.")
    int drain(
        @Parameters(paramLabel = "NAME", description = NAME) String name,
        @Option(names = "--off", description = "Let servers start there again.") boolean off
    ) throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            var body = JsonMapper.shared().createObjectNode().put("draining", !off);
            var answer = api.post(ApiPath.of("nodes", name, "drain"), ApiBody.json(body));
            tell(answer.body(), name + ": " + (off ? "takes servers again" : "takes no more servers"));
            return ExitCode.DONE;
        }
    }

    @Command(description = "Take a node out of the fleet that no server has its place on.")
    int remove(@Parameters(paramLabel = "NAME", description = NAME) String name)
        throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            tell(api.delete(ApiPath.of("nodes", name)).body(), name + ": removed");
            return ExitCode.DONE;
        }
    }

    private static Table table(JsonNode body) {
        var table = new Table(
            "There are no nodes.",
            "NAME",
            "DRIVER",
            "STATE",
            "SERVERS",
            "PROMISED",
            "MEMORY",
            "ADDRESS",
            "PRICE"
        );
        for (JsonNode node : body.path("nodes")) {
            table.row(
                Cell.of(Fields.text(node, "name")),
                Cell.of(Fields.text(node, "driver")),
                state(node),
                Cell.number(Fields.text(node, "servers")),
                Cell.number(Fields.bytes(node, "promisedBytes")),
                Cell.number(Fields.bytes(node, "memoryBytes")),
                Cell.of(Fields.text(node, "address")),
                Cell.of(Fields.text(node, "price"))
            );
        }
        return table;
    }

    private static Cell state(JsonNode node) {
        String draining = Fields.truth(node, "draining") ? ", draining" : "";
        return Fields.truth(node, "reachable")
            ? Cell.of("up" + draining, draining.isEmpty() ? Colour.GOOD : Colour.BUSY)
            : Cell.of("unreachable" + draining, Colour.BAD);
    }

    private static Table details(JsonNode node) {
        return Table.ofProperties()
            .property("name", Fields.text(node, "name"))
            .property("state", state(node))
            .property("driver", Fields.text(node, "driver"))
            .property("endpoint", Fields.text(node, "endpoint"))
            .property("address", Fields.text(node, "address"))
            .property("memory", Fields.bytes(node, "memoryBytes"))
            .property("promised", Fields.bytes(node, "promisedBytes"))
            .property("cores", Fields.text(node, "cores"))
            .property("price", Fields.text(node, "price"))
            .property("servers", Fields.text(node, "servers"))
            .property("managed by", Fields.text(node, "managedBy"));
    }
}
