package io.nightporter.proxy.fleet;

import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.WaitingWords;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What players are told of a managed server that is not there, by what the fleet says of it. */
public final class Outlook {

    private Outlook() {}

    /**
     * For the server list; null: it is there.
     *
     * @param known empty: the fleet does not know it yet
     */
    public static @Nullable Message listed(Optional<ServerView> known, Instant now) {
        if (known.isEmpty()) {
            return Messages.listedNotKnownYet();
        }
        ServerView view = known.get();
        if (!view.reachable()) {
            return Messages.listedUnreachable();
        }
        return switch (view.phase()) {
            case AWAKE -> null;
            case ASLEEP, PAUSED -> Messages.listedSleeping();
            case STARTING -> Messages.listedStarting(seconds(view, now));
            case STOPPING -> Messages.listedStopping();
            case MOVING -> Messages.listedMoving();
            case FAILED -> Messages.listedFailed();
        };
    }

    /** For those who wait for it; null: the fleet knows of nothing to wait for. */
    public static @Nullable WaitingWords waiting(ServerView view, Instant now) {
        String server = view.name();
        if (!view.reachable()) {
            return WaitingWords.unreachable(server);
        }
        return switch (view.phase()) {
            case AWAKE -> null;
            case ASLEEP, PAUSED -> stopped(view) ? WaitingWords.stopped(server) : WaitingWords.starting(server);
            case STARTING -> {
                Long seconds = seconds(view, now);
                yield seconds == null ? WaitingWords.starting(server) : WaitingWords.starting(server, seconds);
            }
            case STOPPING -> stopped(view) ? WaitingWords.stopped(server) : WaitingWords.stopping(server);
            case MOVING -> WaitingWords.moving(server);
            case FAILED -> WaitingWords.failed(server);
        };
    }

    /** By order: nothing starts it until somebody asks for it. */
    private static boolean stopped(ServerView view) {
        return view.state().stoppedBy() != null;
    }

    private static @Nullable Long seconds(ServerView view, Instant now) {
        Duration left = view.readyIn(now);
        return left == null ? null : (Long) (left.toSeconds() + 1);
    }
}
