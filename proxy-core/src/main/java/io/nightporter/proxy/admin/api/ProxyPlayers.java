package io.nightporter.proxy.admin.api;

import io.nightporter.protocol.text.MiniMessageText;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.player.Attendant;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.player.Players;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The players of this proxy. */
public final class ProxyPlayers implements PlayerDesk {

    private static final Logger log = LoggerFactory.getLogger(ProxyPlayers.class);

    private static final String NO_REASON = "An admin has ended your connection.";

    private final Players players;
    private final Function<String, @Nullable ServerSettings> servers;

    /** @param servers by their names, as they are configured at the moment at which it is asked */
    public ProxyPlayers(Players players, Function<String, @Nullable ServerSettings> servers) {
        this.players = players;
        this.servers = servers;
    }

    @Override
    public List<OnlinePlayer> list() {
        return players.all().stream().map(ProxyPlayers::online).toList();
    }

    private static OnlinePlayer online(Player player) {
        Attachment attachment = player.attachment();
        InetSocketAddress from = player.from();
        return new OnlinePlayer(
            player.profile().id(),
            player.profile().name(),
            player.version().name(),
            player.version().number(),
            from.getAddress() == null ? from.getHostString() : from.getAddress().getHostAddress(),
            attachment instanceof Attachment.Waiting,
            attachment.server(),
            player.since()
        );
    }

    @Override
    public CompletableFuture<Answer> send(UUID player, String server) {
        ServerSettings target = servers.apply(server);
        if (target == null) {
            return CompletableFuture.completedFuture(
                new Answer.Refused(server + " has no address where players can be sent.")
            );
        }
        return attended(player, (here, attendant) ->
            attendant
                .send(target)
                .<Answer>map(Answer.Refused::new)
                .orElseGet(() -> new Answer.Done(here.profile().name() + " is on the way to " + server + "."))
        );
    }

    @Override
    public CompletableFuture<Answer> kick(UUID player, String miniMessage) {
        Player here = players.find(player);
        if (here == null) {
            return CompletableFuture.completedFuture(new Answer.Gone());
        }
        here.disconnect(Text.of(MiniMessageText.fill(miniMessage.isBlank() ? NO_REASON : miniMessage)));
        log.info("kick ordered player={}", here.profile().name());
        return CompletableFuture.completedFuture(new Answer.Done(here.profile().name() + " was sent away."));
    }

    @Override
    public CompletableFuture<Answer> message(UUID player, String miniMessage) {
        Text line = Text.of(MiniMessageText.fill(miniMessage));
        return attended(player, (here, attendant) ->
            attendant.say(line)
                ? new Answer.Done(here.profile().name() + " was told.")
                : new Answer.Refused(
                      here.profile().name() + " is between two servers and has no chat at this moment. Try again."
                  )
        );
    }

    /** On the player's event loop. */
    private CompletableFuture<Answer> attended(UUID id, BiFunction<Player, Attendant, Answer> order) {
        Player here = players.find(id);
        if (here == null) {
            return CompletableFuture.completedFuture(new Answer.Gone());
        }
        var answer = new CompletableFuture<Answer>();
        try {
            here.wire()
                .channel()
                .eventLoop()
                .execute(() -> {
                    try {
                        Attendant attendant = here.attendant();
                        answer.complete(
                            attendant == null
                                ? new Answer.Refused(
                                      here.profile().name() +
                                          " is still logging in and in no game yet. Try again in a moment."
                                  )
                                : order.apply(here, attendant)
                        );
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        } catch (RejectedExecutionException _) {
            answer.complete(new Answer.Gone());
        }
        return answer;
    }
}
