package io.nightporter.cli;

import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Amounts;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "status", description = "Say how a running Nightporter is.")
final class StatusCommand extends ClientCommand implements Callable<Integer> {

    @Override
    public Integer call() throws ApiException, InterruptedException {
        return show(ApiPath.of("status"), StatusCommand::table);
    }

    private static Table table(JsonNode status) {
        String since = Fields.text(status, "startedAt");
        return Table.ofProperties()
            .property("version", Fields.text(status, "version"))
            .property("up", Amounts.ago(since, Instant.now()))
            .property("players", players(status))
            .property("servers", servers(status))
            .property("nodes", nodes(status))
            .property("operations", Fields.text(status.path("operations"), "running") + " running")
            .property("store", Fields.text(status, "store"));
    }

    static String players(JsonNode status) {
        JsonNode players = status.path("players");
        return Fields.text(players, "online") + " online, " + Fields.text(players, "waiting") + " waiting";
    }

    static String servers(JsonNode status) {
        JsonNode servers = status.path("servers");
        String phases = servers
            .path("phases")
            .properties()
            .stream()
            .filter(phase -> phase.getValue().asInt(0) > 0)
            .map(phase -> phase.getValue().asString("") + " " + phase.getKey().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
        return Fields.text(servers, "total") + (phases.isEmpty() ? "" : " (" + phases + ")");
    }

    static String nodes(JsonNode status) {
        JsonNode nodes = status.path("nodes");
        return Fields.text(nodes, "up") + " of " + Fields.text(nodes, "total") + " up";
    }
}
