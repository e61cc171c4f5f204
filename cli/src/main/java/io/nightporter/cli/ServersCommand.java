package io.nightporter.cli;

import io.nightporter.cli.client.ApiAnswer;
import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Cell;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Table;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "servers",
    description = "See, make, change, start and stop servers.",
    subcommands = { ServersCreateCommand.class, ServersEditCommand.class }
)
final class ServersCommand extends ClientCommand {

    private static final String NAME = "The server's name.";
    private static final String WAIT = "Follow it to its end; the exit code says how that was.";

    @Command(description = "List the servers.")
    int list(
        @Option(
            names = "--phase",
            paramLabel = "PHASE",
            description = "Only those in it, such as awake."
        ) @Nullable String phase,
        @Option(names = "--node", paramLabel = "NODE", description = "Only those on it.") @Nullable String node,
        @Option(
            names = "--owner",
            paramLabel = "PLAYER",
            description = "Only those of this player."
        ) @Nullable String owner
    ) throws ApiException, InterruptedException {
        String known = phase == null ? null : phase.toUpperCase(Locale.ROOT);
        return show(
            ApiPath.of("servers").with("phase", known).with("node", node).with("owner", owner),
            ServerTables::list
        );
    }

    @Command(description = "Show all about a server.")
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name)
        throws ApiException, InterruptedException {
        return show(ApiPath.of("servers", name), ServerTables::details);
    }

    @Command(description = "Say why a server is awake or asleep, what would change that, and when.")
    int why(@Parameters(paramLabel = "NAME", description = NAME) String name)
        throws ApiException, InterruptedException {
        return show(ApiPath.of("servers", name, "why"), body -> lines(Fields.texts(body, "sentences")));
    }

    @Command(description = "Print what a server has printed lately.")
    int logs(
        @Parameters(paramLabel = "NAME", description = NAME) String name,
        @Option(
            names = "--tail",
            paramLabel = "LINES",
            defaultValue = "100",
            description = "So many (${DEFAULT-VALUE})."
        ) int tail
    ) throws ApiException, InterruptedException {
        return show(ApiPath.of("servers", name, "logs").with("tail", tail), body -> lines(Fields.texts(body, "lines")));
    }

    private static Table lines(List<String> lines) {
        Table table = Table.ofProperties();
        lines.forEach(line -> table.row(Cell.of(line)));
        return table;
    }

    @Command(description = "Wake a server.")
    int start(
        @Parameters(paramLabel = "NAME", description = NAME) String name,
        @Option(names = "--wait", description = WAIT) boolean wait
    ) throws ApiException, InterruptedException {
        return order(name, "start", wait);
    }

    @Command(description = "Stop a server. It stays stopped until somebody wakes it.")
    int stop(
        @Parameters(paramLabel = "NAME", description = NAME) String name,
        @Option(names = "--wait", description = WAIT) boolean wait
    ) throws ApiException, InterruptedException {
        return order(name, "stop", wait);
    }

    @Command(description = "Stop a server and start it again.")
    int restart(
        @Parameters(paramLabel = "NAME", description = NAME) String name,
        @Option(names = "--wait", description = WAIT) boolean wait
    ) throws ApiException, InterruptedException {
        return order(name, "restart", wait);
    }

    @Command(description = "Keep a server awake, whatever its plan says.")
    int pin(@Parameters(paramLabel = "NAME", description = NAME) String name)
        throws ApiException, InterruptedException {
        return order(name, "pin", false);
    }

    @Command(description = "Let a server sleep by its plan again.")
    int unpin(@Parameters(paramLabel = "NAME", description = NAME) String name)
        throws ApiException, InterruptedException {
        return order(name, "unpin", false);
    }

    @Command(description = "Take a server out of the fleet. Its data stay where they are.")
    int remove(
        @Parameters(paramLabel = "NAME", description = NAME) String name,
        @Option(names = "--wait", description = WAIT) boolean wait
    ) throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            return followed(api, api.delete(ApiPath.of("servers", name)), name, "removed", wait);
        }
    }

    private int order(String name, String order, boolean wait) throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            return followed(api, api.post(ApiPath.of("servers", name, order)), name, "ok", wait);
        }
    }

    /** What came of an order: an operation, or a message when there was nothing to do. */
    private int followed(ApiClient api, ApiAnswer answer, String name, String done, boolean wait)
        throws ApiException, InterruptedException {
        JsonNode body = answer.body();
        String operation = Fields.text(body, "operation");
        if (wait && !operation.isEmpty()) {
            return new OperationWatch(this, api).follow(operation);
        }
        String message = Fields.text(body, "message");
        if (!operation.isEmpty()) {
            message = "operation " + operation;
        }
        tell(body, name + ": " + (message.isEmpty() ? done : message));
        return ExitCode.DONE;
    }
}
