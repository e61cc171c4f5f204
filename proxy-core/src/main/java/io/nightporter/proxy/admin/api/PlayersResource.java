package io.nightporter.proxy.admin.api;

import io.nightporter.protocol.text.MiniMessageText;
import io.nightporter.proxy.admin.access.Caller;
import io.nightporter.proxy.admin.api.Answers.MessageBody;
import io.nightporter.proxy.admin.api.PlayerDesk.OnlinePlayer;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Call;
import io.nightporter.proxy.admin.route.Doc;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Rule;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Players who are here. */
final class PlayersResource {

    private static final String PLAYER = "/api/players/{name}";
    private static final int MAX_TEXT = 2000;

    record PlayerBody(
        String name,
        String uuid,
        @Doc("The releases that speak the player's protocol.") String version,
        @Doc("Its number.") int protocol,
        @Doc("For admins only.") @Nullable String address,
        @Doc(words = { "backend", "waiting" }) String attachment,
        @Doc("That the player is on, or waits for.") String server,
        @Doc("When the player came.") Instant since
    ) {
        static PlayerBody of(OnlinePlayer player, Caller caller) {
            return new PlayerBody(
                player.name(),
                player.id().toString(),
                player.version(),
                player.protocol(),
                caller.isAdmin() ? player.address() : null,
                player.waiting() ? "waiting" : "backend",
                player.server(),
                player.since()
            );
        }
    }

    record PlayersBody(List<PlayerBody> players) {}

    record SendRequest(@Doc("The name of the server.") String server) {}

    record KickRequest(@Doc("MiniMessage.") @Nullable String reason) {}

    record MessageRequest(@Doc("MiniMessage.") String text) {}

    private final ApiParts parts;
    private final Directory directory;

    PlayersResource(ApiParts parts, Directory directory) {
        this.parts = parts;
        this.directory = directory;
    }

    List<Route> routes() {
        return List.of(
            Route.get("/api/players", Rule.LOOK, "All players, by name.", PlayersBody.class, this::list),
            Route.of("POST", PLAYER + "/send", Rule.ORDER_PLAYER, "Takes a player to another server.", this::send)
                .takes(Route.Body.of(SendRequest.class))
                .answers(200, MessageBody.class),
            Route.of("POST", PLAYER + "/kick", Rule.ORDER_PLAYER, "Ends a player's connection.", this::kick)
                .takes(Route.Body.optional(KickRequest.class))
                .answers(200, MessageBody.class),
            Route.of(
                "POST",
                PLAYER + "/message",
                Rule.ORDER_PLAYER,
                "Writes a line into a player's chat.",
                this::message
            )
                .takes(Route.Body.of(MessageRequest.class))
                .answers(200, MessageBody.class)
        );
    }

    private Reply list(Call call) {
        return Reply.ok(
            new PlayersBody(
                directory
                    .players(call.who())
                    .stream()
                    .map(player -> PlayerBody.of(player, call.who()))
                    .sorted(Comparator.comparing(PlayerBody::name, String.CASE_INSENSITIVE_ORDER))
                    .toList()
            )
        );
    }

    private OnlinePlayer player(Call call) throws ApiException {
        return directory.player(call.who(), call.at("name"));
    }

    private Reply send(Call call) throws ApiException {
        String server = directory.server(call.who(), call.body(SendRequest.class).server()).name();
        return answer(call, parts.players().send(player(call).id(), server));
    }

    private Reply kick(Call call) throws ApiException {
        String reason = call.body() instanceof KickRequest(String written) && written != null ? written : "";
        check("reason", reason);
        return answer(call, parts.players().kick(player(call).id(), reason));
    }

    private Reply message(Call call) throws ApiException {
        String text = call.body(MessageRequest.class).text();
        check("text", text);
        return answer(call, parts.players().message(player(call).id(), text));
    }

    private static void check(String key, String miniMessage) throws ApiException {
        if (miniMessage.length() > MAX_TEXT) {
            throw ApiException.badRequest("The " + key + " is longer than " + MAX_TEXT + " characters.");
        }
        try {
            MiniMessageText.parse(miniMessage);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The " + key + " is not MiniMessage: " + e.getMessage() + ".");
        }
    }

    private static Reply answer(Call call, CompletableFuture<PlayerDesk.Answer> order) throws ApiException {
        return switch (Answers.await(order)) {
            case PlayerDesk.Answer.Done(String message) -> Reply.ok(new MessageBody(message));
            case PlayerDesk.Answer.Refused(String message) -> throw ApiException.refused(message);
            case PlayerDesk.Answer.Gone _ -> throw ApiException.notFound(
                "The player " + call.at("name") + " is not here any more."
            );
        };
    }
}
