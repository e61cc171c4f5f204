package io.nightporter.cli;

import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Amounts;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.LiveScreen;
import io.nightporter.cli.output.Plain;
import io.nightporter.cli.output.Table;
import io.nightporter.cli.output.Terminal;
import io.nightporter.cli.output.Terminal.Colour;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "top", description = "Show servers and operations as they change; q ends it. Once, when it is piped.")
final class TopCommand extends ClientCommand implements Callable<Integer> {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    @Override
    public Integer call() throws ApiException, IOException, InterruptedException {
        try (ApiClient api = connect()) {
            ObjectNode first = look(api);
            if (!forPeople()) {
                show(first, _ -> Table.ofProperties());
                return ExitCode.DONE;
            }
            if (!Terminal.canAsk()) {
                frame(first, terminal()).forEach(out()::println);
                out().flush();
                return ExitCode.DONE;
            }
            watch(api, first);
            return ExitCode.DONE;
        }
    }

    private void watch(ApiClient api, ObjectNode first) throws ApiException, IOException, InterruptedException {
        List<String> lines = frame(first, terminal());
        try (LiveScreen screen = LiveScreen.open(out())) {
            screen.draw(lines);
            while (!screen.isLeftWithin(PERIOD)) {
                try {
                    lines = frame(look(api), terminal());
                    screen.draw(lines);
                } catch (ApiException e) {
                    if (e.reason() != ApiException.Reason.NOT_REACHABLE) {
                        throw e;
                    }
                    // It may be back in a moment; until then what was known last stays.
                    List<String> old = new ArrayList<>(lines);
                    old.addFirst(terminal().paint(Colour.BAD, Plain.text(String.valueOf(e.getMessage()))));
                    screen.draw(old);
                }
            }
        }
    }

    /** All that is shown, as one object. */
    private static ObjectNode look(ApiClient api) throws ApiException, InterruptedException {
        ObjectNode all = JsonMapper.shared().createObjectNode();
        all.set("status", api.get(ApiPath.of("status")));
        all.set("servers", api.get(ApiPath.of("servers")).path("servers"));
        all.set("operations", api.get(ApiPath.of("operations").with("state", "running")).path("operations"));
        return all;
    }

    private static List<String> frame(JsonNode all, Terminal terminal) {
        JsonNode status = all.path("status");
        String up = Amounts.ago(Fields.text(status, "startedAt"), Instant.now());
        List<String> lines = new ArrayList<>();
        lines.add(
            terminal.paint(Colour.TITLE, Plain.text("nightporter " + Fields.text(status, "version"))) +
                Plain.text(", up " + up + ", players: " + StatusCommand.players(status))
        );
        lines.add(Plain.text("servers: " + StatusCommand.servers(status) + "; nodes: " + StatusCommand.nodes(status)));
        lines.add("");
        lines.addAll(ServerTables.list(all).lines(terminal));
        if (!all.path("operations").isEmpty()) {
            lines.add("");
            lines.addAll(OperationsCommand.table(all).lines(terminal));
        }
        return lines;
    }
}
