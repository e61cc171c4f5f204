package io.nightporter.cli;

import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.client.EventStream;
import io.nightporter.cli.output.Amounts;
import io.nightporter.cli.output.Cell;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Format;
import io.nightporter.cli.output.Plain;
import io.nightporter.cli.output.Table;
import io.nightporter.cli.output.Terminal;
import io.nightporter.cli.output.Terminal.Colour;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "events", description = "Say what happened, and, with --follow, what happens.")
final class EventsCommand extends ClientCommand implements Callable<Integer> {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

    @Option(names = "--follow", description = "Go on until Ctrl-C, also across restarts of Nightporter.")
    private boolean follow;

    @Option(names = "--server", paramLabel = "SERVER", description = "Only those of it.")
    private @Nullable String server;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "From then on: 10m (ago), 2026-11-23T16:40:00Z, or the id of the last event that you know."
    )
    private @Nullable String since;

    @Option(names = "--limit", paramLabel = "COUNT", description = "At most so many.")
    private @Nullable Integer limit;

    @Override
    public Integer call() throws ApiException, InterruptedException {
        String after;
        try {
            after = since == null ? null : EventMoment.id(since, Instant.now());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        ApiPath path = ApiPath.of("events").with("server", server);
        if (follow) {
            follow(path, after);
            return ExitCode.DONE;
        }
        return show(path.with("follow", false).with("after", after).with("limit", limit), EventsCommand::table);
    }

    private void follow(ApiPath path, @Nullable String after) throws ApiException, InterruptedException {
        String last = after;
        int left = limit == null ? Integer.MAX_VALUE : limit;
        try (ApiClient api = connect()) {
            EventStream stream = api.events(path.with("after", after), null);
            while (left > 0) {
                try (EventStream open = stream) {
                    for (JsonNode event = open.next(); event != null; event = left > 0 ? open.next() : null) {
                        last = open.lastId() == null ? last : open.lastId();
                        print(event);
                        left--;
                        if (left == 0) {
                            return;
                        }
                    }
                } catch (IOException _) {
                    // The connection broke; what happens meanwhile is made up for by the id of the last event.
                }
                stream = again(api, path, last);
            }
        }
    }

    private EventStream again(ApiClient api, ApiPath path, @Nullable String last)
        throws ApiException, InterruptedException {
        Duration wait = Duration.ofMillis(500);
        while (true) {
            Thread.sleep(wait);
            try {
                return api.events(path, last);
            } catch (ApiException e) {
                if (e.reason() != ApiException.Reason.NOT_REACHABLE) {
                    throw e;
                }
                if (wait.compareTo(LONGEST_WAIT) < 0) {
                    wait = wait.multipliedBy(2);
                } else {
                    err().println("nightporter: " + Plain.text(String.valueOf(e.getMessage())));
                    err().flush();
                }
            }
        }
    }

    private void print(JsonNode event) {
        PrintWriter out = out();
        switch (format()) {
            case json -> out.println(event);
            case yaml -> out.print("---\n" + Format.asYaml(event));
            case table -> out.println(line(event, terminal()));
        }
        out.flush();
    }

    private static String line(JsonNode event, Terminal terminal) {
        var cells = cells(event);
        if (!terminal.interactive()) {
            return cells.stream().map(Cell::text).collect(Collectors.joining("\t"));
        }
        return cells
            .stream()
            .map(cell -> terminal.paint(cell.colour(), cell.text()))
            .collect(Collectors.joining("  "));
    }

    private static List<Cell> cells(JsonNode event) {
        String level = Fields.text(event, "level");
        Colour colour = switch (level) {
            case "error" -> Colour.BAD;
            case "warning" -> Colour.BUSY;
            default -> Colour.NONE;
        };
        return List.of(
            Cell.of(Amounts.local(Fields.text(event, "at")), Colour.QUIET),
            Cell.of(level, colour),
            Cell.of(Fields.text(event, "kind").toLowerCase(Locale.ROOT)),
            Cell.of(Fields.text(event, "server")),
            Cell.of(Fields.text(event, "message"), colour)
        );
    }

    private static Table table(JsonNode body) {
        var table = new Table("Nothing happened.", "WHEN", "LEVEL", "WHAT", "SERVER", "MESSAGE");
        for (JsonNode event : body.path("events")) {
            table.row(cells(event).toArray(Cell[]::new));
        }
        return table;
    }
}
