package io.nightporter.cli;

import io.nightporter.cli.output.Amounts;
import io.nightporter.cli.output.Cell;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Format;
import io.nightporter.cli.output.Table;
import io.nightporter.cli.output.Terminal.Colour;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Servers as tables. */
final class ServerTables {

    private ServerTables() {}

    static Table list(JsonNode body) {
        var table = new Table(
            "There are no servers.",
            "NAME",
            "PHASE",
            "PLAYERS",
            "NODE",
            "ADDRESS",
            "SINCE",
            "WHAT NEXT",
            "HOSTS"
        );
        Instant now = Instant.now();
        for (JsonNode server : body.path("servers")) {
            table.row(
                Cell.of(Fields.text(server, "name")),
                phase(server),
                Cell.number(Fields.text(server, "players")),
                Cell.of(Fields.text(server, "node")),
                Cell.of(Fields.text(server, "address")),
                Cell.number(Amounts.ago(Fields.text(server, "since"), now)),
                Cell.of(next(server, now)),
                Cell.of(Fields.joined(server, "hosts"))
            );
        }
        return table;
    }

    static Cell phase(JsonNode server) {
        String phase = Fields.text(server, "phase").toLowerCase(Locale.ROOT);
        if (Fields.text(server, "status").equals("unreachable")) {
            return Cell.of("unreachable (" + phase + ")", Colour.BAD);
        }
        Colour colour = switch (phase) {
            case "awake" -> Colour.GOOD;
            case "starting", "stopping", "moving" -> Colour.BUSY;
            case "failed" -> Colour.BAD;
            default -> Colour.QUIET;
        };
        return Cell.of(phase.isEmpty() ? "not managed" : phase, colour);
    }

    /** What will change by itself, and when. */
    static String next(JsonNode server, Instant now) {
        Double ready = Fields.number(server, "readyInSeconds");
        if (ready != null) {
            return "ready in " + Amounts.seconds(ready);
        }
        if (!Fields.text(server, "pinnedBy").isEmpty()) {
            return "pinned by " + Fields.text(server, "pinnedBy");
        }
        if (!Fields.text(server, "stoppedBy").isEmpty()) {
            return "stopped by " + Fields.text(server, "stoppedBy");
        }
        String sleeps = Amounts.until(Fields.text(server, "sleepsAt"), now);
        return sleeps.isEmpty() ? Fields.text(server, "failure") : "sleeps in " + sleeps;
    }

    static Table details(JsonNode server) {
        Instant now = Instant.now();
        Table table = Table.ofProperties()
            .property("name", Fields.text(server, "name"))
            .property("phase", phase(server))
            .property("since", Amounts.local(Fields.text(server, "since")))
            .property("next", next(server, now))
            .property("players", Fields.text(server, "players"))
            .property("idle since", Amounts.local(Fields.text(server, "idleSince")))
            .property("node", Fields.text(server, "node"))
            .property("address", Fields.text(server, "address"))
            .property("memory", Fields.bytes(server, "memoryBytes"))
            .property("hosts", Fields.joined(server, "hosts"))
            .property("owners", Fields.joined(server, "owners"))
            .property("pay per use", Fields.truth(server, "payPerUse") ? "yes" : "no")
            .property("cost optimization", Fields.text(server, "costOptimization"))
            .property("managed by", Fields.text(server, "managedBy"))
            .property("operation", Fields.text(server, "operation"))
            .property("wakes", wakes(server.path("wakes")));
        if (!Fields.text(server, "failure").isEmpty()) {
            table.property("failure", Cell.of(Fields.text(server, "failure"), Colour.BAD));
        }
        Fields.texts(server, "lastLines").forEach(line -> table.property("log", line));
        if (server.path("definition").isObject()) {
            Format.asYaml(server.path("definition"))
                .lines()
                .forEach(line -> table.property("definition", line));
        }
        return table;
    }

    private static String wakes(JsonNode wakes) {
        String count = Fields.text(wakes, "count");
        Double half = Fields.number(wakes, "p50Seconds");
        Double most = Fields.number(wakes, "p90Seconds");
        if (half == null || most == null) {
            return count;
        }
        return count + ", half within " + Amounts.seconds(half) + ", nine of ten within " + Amounts.seconds(most);
    }
}
