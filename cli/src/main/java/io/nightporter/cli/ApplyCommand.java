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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "apply",
    description = "Make nodes and servers what files say: the keys nodes and servers, as they stand under fleet."
)
final class ApplyCommand extends ClientCommand implements Callable<Integer> {

    @Option(
        names = "-f",
        paramLabel = "FILE",
        arity = "1..*",
        required = true,
        description = "YAML or JSON; - is standard input. Several files are all checked before any is applied."
    )
    private List<Path> files = List.of();

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Override
    public Integer call() throws ApiException, IOException, InterruptedException {
        Map<Path, ApiBody> bodies = new LinkedHashMap<>();
        try {
            for (Path file : files) {
                bodies.put(file, ApiBody.yaml(WrittenBlock.read(file)));
            }
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        try (ApiClient api = connect()) {
            if (bodies.size() > 1 && !dryRun) {
                send(api, bodies, true);
            }
            ObjectNode body = JsonMapper.shared().createObjectNode();
            ArrayNode results = body.putArray("results");
            send(api, bodies, dryRun).forEach(results::add);
            show(body, ApplyCommand::table);
            return refusals(results) == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private List<JsonNode> send(ApiClient api, Map<Path, ApiBody> bodies, boolean dry)
        throws ApiException, InterruptedException {
        var results = new ArrayList<JsonNode>();
        for (Map.Entry<Path, ApiBody> file : bodies.entrySet()) {
            ApiPath path = ApiPath.of("apply").with("dryRun", dry ? true : null);
            JsonNode body = Writing.send(this, file.getKey(), () -> api.post(path, file.getValue())).body();
            body.path("results").forEach(results::add);
        }
        return results;
    }

    private static long refusals(JsonNode results) {
        return results
            .valueStream()
            .filter(result -> Fields.text(result, "result").equals("refused"))
            .count();
    }

    private static Table table(JsonNode body) {
        var table = new Table("There is nothing in it.", "KIND", "NAME", "RESULT", "MESSAGE");
        for (JsonNode result : body.path("results")) {
            String what = Fields.text(result, "result");
            Colour colour = switch (what) {
                case "created", "changed" -> Colour.GOOD;
                case "refused" -> Colour.BAD;
                default -> Colour.QUIET;
            };
            table.row(
                Cell.of(Fields.text(result, "kind")),
                Cell.of(Fields.text(result, "name")),
                Cell.of(what, colour),
                Cell.of(Fields.text(result, "message"))
            );
        }
        return table;
    }
}
