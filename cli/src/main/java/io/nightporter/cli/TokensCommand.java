package io.nightporter.cli;

import io.nightporter.cli.client.ApiBody;
import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Amounts;
import io.nightporter.cli.output.Cell;
import io.nightporter.cli.output.Fields;
import io.nightporter.cli.output.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "tokens", description = "Make, list and revoke what lets people and programs into the admin API.")
final class TokensCommand extends ClientCommand {

    enum Scope {
        /** Everything. */
        admin,
        /** What concerns the servers of one player. */
        owner,
        /** Seeing everything. */
        read,
    }

    @Command(description = "Make a token and print it, this once.")
    int create(
        @Parameters(paramLabel = "NAME", description = "What it is for; the audit log says it.") String name,
        @Option(
            names = "--scope",
            required = true,
            paramLabel = "SCOPE",
            description = "admin, owner or read."
        ) Scope scope,
        @Option(
            names = "--owner",
            paramLabel = "PLAYER",
            description = "With --scope owner: whose servers; name or UUID."
        ) @Nullable String owner,
        @Option(
            names = "--expires",
            paramLabel = "SPAN",
            description = "How long it is good, such as 30d; for ever if left out."
        ) @Nullable String expires
    ) throws ApiException, InterruptedException {
        if ((scope == Scope.owner) != (owner != null)) {
            throw wrong(owner == null ? "--scope owner needs --owner PLAYER" : "--owner goes with --scope owner only");
        }
        var body = JsonMapper.shared()
            .createObjectNode()
            .put("name", name)
            .put("scope", scope.name())
            .put("owner", owner);
        try {
            body.put("expiresInSeconds", expires == null ? null : Long.valueOf(TimeSpan.seconds(expires)));
        } catch (IllegalArgumentException e) {
            throw wrong("--expires: " + e.getMessage());
        }
        try (ApiClient api = connect()) {
            JsonNode token = api.post(ApiPath.of("tokens"), ApiBody.json(body)).body();
            tell(token, Fields.text(token, "token"));
            if (forPeople() && terminal().interactive()) {
                err().println("Keep it in a file that only you may read; it is not shown again.");
                err().flush();
            }
            return ExitCode.DONE;
        }
    }

    @Command(description = "List the tokens, without what is secret about them.")
    int list() throws ApiException, InterruptedException {
        return show(ApiPath.of("tokens"), TokensCommand::table);
    }

    @Command(description = "Make a token worthless.")
    int revoke(
        @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if no other has it.") String idOrName
    ) throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            String id = id(api, idOrName);
            tell(api.delete(ApiPath.of("tokens", id)).body(), idOrName + ": revoked");
            return ExitCode.DONE;
        }
    }

    private static String id(ApiClient api, String idOrName) throws ApiException, InterruptedException {
        List<String> named = new ArrayList<>();
        for (JsonNode token : api.get(ApiPath.of("tokens")).path("tokens")) {
            if (Fields.text(token, "id").equals(idOrName)) {
                return idOrName;
            }
            if (Fields.text(token, "name").equals(idOrName)) {
                named.add(Fields.text(token, "id"));
            }
        }
        return switch (named.size()) {
            case 1 -> named.getFirst();
            case 0 -> throw new ApiException(
                ApiException.Reason.NOT_FOUND,
                "there is no such token; see `nightporter tokens list` for their ids and names"
            );
            default -> throw new ApiException(
                ApiException.Reason.REFUSED,
                "several tokens have that name; say which one by its id: " + String.join(", ", named)
            );
        };
    }

    private static Table table(JsonNode body) {
        var table = new Table(
            "There are no tokens.",
            "ID",
            "NAME",
            "SCOPE",
            "OWNER",
            "CREATED",
            "LAST USED",
            "EXPIRES"
        );
        Instant now = Instant.now();
        for (JsonNode token : body.path("tokens")) {
            String expires = Fields.text(token, "expiresAt");
            table.row(
                Cell.of(Fields.text(token, "id")),
                Cell.of(Fields.text(token, "name")),
                Cell.of(Fields.text(token, "scope")),
                Cell.of(Fields.text(token, "owner")),
                Cell.of(Amounts.local(Fields.text(token, "createdAt"))),
                Cell.of(ago(Fields.text(token, "lastUsedAt"), now)),
                Cell.of(expires.isEmpty() ? "never" : Amounts.local(expires))
            );
        }
        return table;
    }

    private static String ago(String moment, Instant now) {
        String span = Amounts.ago(moment, now);
        return span.isEmpty() ? "never" : span + " ago";
    }
}
