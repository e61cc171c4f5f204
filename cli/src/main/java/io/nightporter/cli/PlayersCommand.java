package io.nightporter.cli;

import io.nightporter.cli.client.ApiBody;
import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Amounts;
import io.nightporter.cli.output.Cell;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Table;
import io.nightporter.cli.output.Terminal.Colour;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "players", description = "See players, send them to servers, kick them, write to them.")
final class PlayersCommand extends ClientCommand {

    private static final String WHO = "The player's name or UUID.";

    @Command(description = "List the players who are here.")
    int list() throws ApiException, InterruptedException {
        return show(ApiPath.of("players"), PlayersCommand::table);
    }

    @Command(description = "Send a player to a server, which is woken for that.")
    int send(
        @Parameters(paramLabel = "PLAYER", description = WHO) String player,
        @Parameters(paramLabel = "SERVER", description = "The server's name.") String server
    ) throws ApiException, InterruptedException {
        return order(player, "send", "server", server, "sent to " + server);
    }

    @Command(description = "End a player's connection.")
    int kick(
        @Parameters(paramLabel = "PLAYER", description = WHO) String player,
        @Parameters(
            paramLabel = "REASON",
            arity = "0..*",
            description = "What the player reads, in MiniMessage."
        ) @Nullable List<String> reason
    ) throws ApiException, InterruptedException {
        return order(player, "kick", "reason", reason == null ? null : String.join(" ", reason), "kicked");
    }

    @Command(description = "Write to a player in the game.")
    int message(
        @Parameters(paramLabel = "PLAYER", description = WHO) String player,
        @Parameters(paramLabel = "TEXT", arity = "1..*", description = "In MiniMessage.") List<String> text
    ) throws ApiException, InterruptedException {
        return order(player, "message", "text", String.join(" ", text), "written to");
    }

    private int order(String player, String order, String key, @Nullable String value, String done)
        throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            var body = JsonMapper.shared().createObjectNode();
            if (value != null) {
                body.put(key, value);
            }
            JsonNode answer = api.post(ApiPath.of("players", player, order), ApiBody.json(body)).body();
            String message = Fields.text(answer, "message");
            tell(answer, player + ": " + (message.isEmpty() ? done : message));
            return ExitCode.DONE;
        }
    }

    private static Table table(JsonNode body) {
        var table = new Table("Nobody is here.", "NAME", "SERVER", "WHERE", "SINCE", "VERSION", "UUID", "ADDRESS");
        Instant now = Instant.now();
        for (JsonNode player : body.path("players")) {
            boolean waits = Fields.text(player, "attachment").equals("waiting");
            table.row(
                Cell.of(Fields.text(player, "name")),
                Cell.of(Fields.text(player, "server")),
                waits ? Cell.of("waiting", Colour.BUSY) : Cell.of("playing", Colour.GOOD),
                Cell.number(Amounts.ago(Fields.text(player, "since"), now)),
                Cell.of(Fields.text(player, "version")),
                Cell.of(Fields.text(player, "uuid")),
                Cell.of(Fields.text(player, "address"))
            );
        }
        return table;
    }
}
