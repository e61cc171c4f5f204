package io.nightporter.cli;

import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Amounts;
import io.nightporter.cli.output.Cell;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Table;
import io.nightporter.cli.output.Terminal.Colour;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "operations", description = "See, follow and cancel starts, stops and other long work.")
final class OperationsCommand extends ClientCommand {

    private static final String ID = "The operation's id.";

    @Command(description = "List operations, the latest first.")
    int list(
        @Option(names = "--server", paramLabel = "SERVER", description = "Only those of it.") @Nullable String server,
        @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "running, done, failed or cancelled."
        ) @Nullable String state,
        @Option(names = "--limit", paramLabel = "COUNT", description = "At most so many.") @Nullable Integer limit
    ) throws ApiException, InterruptedException {
        return show(
            ApiPath.of("operations").with("server", server).with("state", state).with("limit", limit),
            OperationsCommand::table
        );
    }

    @Command(description = "Show an operation and its steps.")
    int show(@Parameters(paramLabel = "ID", description = ID) String id) throws ApiException, InterruptedException {
        return show(ApiPath.of("operations", id), OperationsCommand::details);
    }

    @Command(description = "Follow an operation to its end; the exit code says how that was.")
    int watch(@Parameters(paramLabel = "ID", description = ID) String id) throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            return new OperationWatch(this, api).follow(id);
        }
    }

    @Command(description = "Give an operation up.")
    int cancel(@Parameters(paramLabel = "ID", description = ID) String id) throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            JsonNode body = api.delete(ApiPath.of("operations", id)).body();
            String message = Fields.text(body, "message");
            tell(body, id + ": " + (message.isEmpty() ? "cancelled" : message));
            return ExitCode.DONE;
        }
    }

    static Table table(JsonNode body) {
        var table = new Table(
            "There are no operations.",
            "ID",
            "WHAT",
            "SERVER",
            "STATE",
            "DONE",
            "STEP",
            "FOR",
            "BEGAN",
            "MESSAGE"
        );
        Instant now = Instant.now();
        for (JsonNode operation : body.path("operations")) {
            table.row(
                Cell.of(Fields.text(operation, "id")),
                Cell.of(Fields.text(operation, "kind")),
                Cell.of(Fields.text(operation, "server")),
                state(operation),
                Cell.number(percent(operation)),
                Cell.of(OperationWatch.step(operation)),
                Cell.of(cause(operation)),
                Cell.number(Amounts.ago(Fields.text(operation, "createdAt"), now)),
                Cell.of(Fields.text(operation, "message"))
            );
        }
        return table;
    }

    static String percent(JsonNode operation) {
        Double done = Fields.number(operation, "progress");
        return done == null ? "" : String.format(Locale.ROOT, "%.0f %%", done * 100);
    }

    private static Cell state(JsonNode operation) {
        String state = Fields.text(operation, "state");
        Colour colour = switch (state) {
            case "done" -> Colour.GOOD;
            case "running" -> Colour.BUSY;
            case "failed" -> Colour.BAD;
            default -> Colour.QUIET;
        };
        return Cell.of(state, colour);
    }

    private static String cause(JsonNode operation) {
        JsonNode cause = operation.path("cause");
        String name = Fields.text(cause, "name");
        String who = name.isEmpty() ? Fields.text(cause, "who") : name;
        return Fields.text(cause, "kind") + (who.isEmpty() ? "" : " " + who);
    }

    private static Table details(JsonNode operation) {
        Table table = Table.ofProperties()
            .property("id", Fields.text(operation, "id"))
            .property("what", OperationWatch.title(operation))
            .property("state", state(operation))
            .property("done", percent(operation))
            .property("for", cause(operation))
            .property("began", Amounts.local(Fields.text(operation, "createdAt")))
            .property("changed", Amounts.local(Fields.text(operation, "updatedAt")))
            .property("message", Fields.text(operation, "message"));
        for (JsonNode step : operation.path("steps")) {
            String detail = Fields.text(step, "detail");
            table.property("step", Fields.text(step, "name") + took(step) + (detail.isEmpty() ? "" : ": " + detail));
        }
        return table;
    }

    private static String took(JsonNode step) {
        String ended = Fields.text(step, "endedAt");
        if (ended.isEmpty()) {
            return " (now)";
        }
        return " (" + Amounts.ago(Fields.text(step, "startedAt"), Instant.parse(ended)) + ")";
    }
}
