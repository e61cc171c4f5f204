package io.nightporter.proxy.fleet;

import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.fleet.WakeAnswer;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.store.StoreException;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.config.WakeQuota;
import io.nightporter.proxy.limits.WakeAllowance;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.WaitingWords;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the fleet to wake a server for a player, who has proved who they are. For all threads; never waits, and nothing that it
 * returns fails.
 */
public final class Doorman {

    private static final Logger log = LoggerFactory.getLogger(Doorman.class);

    /** A fleet whose records cannot be written answers when they can; the player waits in the room meanwhile. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final FleetLink fleet;
    private final WakeAllowance allowance = new WakeAllowance();

    /** What a player is to do. */
    public sealed interface Answer {}

    /** Go there. */
    public record Come() implements Answer {}

    /** Wait until it is there. */
    public record Wait() implements Answer {}

    /** Neither, and waiting would not help. */
    public record NotAllowed(Message words) implements Answer {}

    /**
     * Neither, for the moment.
     *
     * @param label for logs and metrics
     */
    public record Sorry(String label, Message words) implements Answer {}

    public Doorman(FleetLink fleet) {
        this.fleet = fleet;
    }

    /** A player wants to go to a server, managed or not. */
    public CompletableFuture<Answer> ask(
        ServerSettings server,
        GameProfile profile,
        InetSocketAddress from,
        WakeQuota quota
    ) {
        return ask(server, cause(profile), profile.id(), from, quota);
    }

    /** The same for somebody whom the server itself authenticates: nobody here knows who it is. */
    public CompletableFuture<Answer> askForStranger(ServerSettings server, InetSocketAddress from, WakeQuota quota) {
        return ask(server, new Cause(Cause.Kind.PLAYER), null, from, quota);
    }

    private CompletableFuture<Answer> ask(
        ServerSettings server,
        Cause cause,
        @Nullable UUID account,
        InetSocketAddress from,
        WakeQuota quota
    ) {
        if (fleet.isThere(server)) {
            return CompletableFuture.completedFuture(new Come());
        }
        ServerView view = fleet.view(server.name()).orElse(null);
        if (view == null) {
            return CompletableFuture.completedFuture(new Wait());
        }
        if (!costsAStart(view)) {
            return wake(server, cause);
        }
        long seconds = allowance.take(quota, account, from.getAddress());
        if (seconds > 0) {
            log.info("wake refused server={} player={} reason=quota", server.name(), cause.name());
            return CompletableFuture.completedFuture(
                new Sorry("wake_quota", Messages.wakeQuota(server.name(), seconds))
            );
        }
        return wake(server, cause).whenComplete((answer, _) -> {
            if (answer instanceof Sorry || answer instanceof NotAllowed) {
                allowance.giveBack(quota, account, from.getAddress());
            }
        });
    }

    /**
     * A player waits for a server that was not there: it is woken again if it has fallen asleep, or failed, meanwhile. One that was
     * stopped by order is not: whoever was on it when it was stopped would undo the order by doing nothing.
     */
    public CompletableFuture<Answer> remind(ServerSettings server, GameProfile profile) {
        ServerView view = server.managed() ? fleet.view(server.name()).orElse(null) : null;
        if (view != null && costsAStart(view) && view.state().stoppedBy() != null) {
            return CompletableFuture.completedFuture(
                new Sorry("stopped_by_order", WaitingWords.stopped(server.name()).state())
            );
        }
        return view != null && costsAStart(view)
            ? wake(server, cause(profile))
            : CompletableFuture.completedFuture(new Wait());
    }

    private static Cause cause(GameProfile profile) {
        return Cause.player(profile.id().toString(), profile.name());
    }

    private static boolean costsAStart(ServerView view) {
        return switch (view.phase()) {
            case ASLEEP, PAUSED, FAILED -> true;
            case STARTING, AWAKE, STOPPING, MOVING -> false;
        };
    }

    private CompletableFuture<Answer> wake(ServerSettings server, Cause cause) {
        return fleet
            .wake(server.name(), cause)
            .map(asked ->
                asked
                    .thenApply(answer -> answer(server, answer))
                    .exceptionally(fault -> {
                        // Of the records the store tells itself, and they are tried again while the player waits.
                        if (
                            !(
                                fault instanceof CompletionException wrapped &&
                                wrapped.getCause() instanceof StoreException
                            )
                        ) {
                            log.error("wake failed server={} player={}", server.name(), cause.name(), fault);
                        }
                        return new Wait();
                    })
            )
            .orElseGet(() -> CompletableFuture.completedFuture(new Wait()))
            .completeOnTimeout(new Wait(), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Answer answer(ServerSettings server, WakeAnswer answer) {
        return switch (answer) {
            case WakeAnswer.Awake(ServerView view) -> view.reachable() ? new Come() : new Wait();
            case WakeAnswer.Starting _ -> new Wait();
            case WakeAnswer.NotAllowed _ -> new NotAllowed(Messages.mayNotWake(server.name()));
            case WakeAnswer.Refused(_, ServerView view) when view.phase() == Phase.FAILED -> new Sorry(
                "server_failed",
                Messages.failedToStart(server.name())
            );
            case WakeAnswer.Refused _ -> new Sorry("wake_refused", Messages.cannotBeWoken(server.name()));
            case WakeAnswer.Unknown _ -> new Wait();
        };
    }
}
