package io.nightporter.orchestrator.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of where a server stands. What runs is written in its {@link Instance}, what is being done in the
 * {@link Operation}.
 *
 * @param since when the phase began
 * @param pinnedBy who keeps it awake until further notice; null: nobody
 * @param stoppedBy who ordered it to stop: neither its plan nor its schedule starts it until it is woken; null: nobody
 * @param operation the id of the one that is going on; null: none is
 * @param failedStarts how many starts in a row have failed
 * @param failure why the last start failed, a sentence for the owner; empty: it did not
 * @param lastLines what the server had printed when it failed, oldest first
 */
public record ServerState(
    String server,
    Phase phase,
    Instant since,
    @Nullable String pinnedBy,
    @Nullable String stoppedBy,
    @Nullable String operation,
    int failedStarts,
    String failure,
    List<String> lastLines
) {
    public ServerState {
        lastLines = List.copyOf(lastLines);
    }

    /** Of a server that nobody has started yet. */
    public static ServerState asleep(String server, Instant since) {
        return new ServerState(server, Phase.ASLEEP, since, null, null, null, 0, "", List.of());
    }

    /** The same, in another phase from now on. */
    public ServerState in(Phase other, Instant now) {
        return new ServerState(server, other, now, pinnedBy, stoppedBy, operation, failedStarts, failure, lastLines);
    }

    /** The same, pinned or not. */
    public ServerState withPinnedBy(@Nullable String who) {
        return new ServerState(server, phase, since, who, stoppedBy, operation, failedStarts, failure, lastLines);
    }

    /** The same, stopped by order or not. */
    public ServerState withStoppedBy(@Nullable String who) {
        return new ServerState(server, phase, since, pinnedBy, who, operation, failedStarts, failure, lastLines);
    }

    /** The same, with another operation going on, or none. */
    public ServerState withOperation(@Nullable String id) {
        return new ServerState(server, phase, since, pinnedBy, stoppedBy, id, failedStarts, failure, lastLines);
    }

    /** The same, after another start has failed. */
    public ServerState afterFailure(String sentence, List<String> lines) {
        return new ServerState(server, phase, since, pinnedBy, stoppedBy, operation, failedStarts + 1, sentence, lines);
    }

    /** The same, as if no start had failed. */
    public ServerState withoutFailures() {
        return new ServerState(server, phase, since, pinnedBy, stoppedBy, operation, 0, "", List.of());
    }
}
