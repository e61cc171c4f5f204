package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server at one moment.
 *
 * @param instance what it consists of on its node; null: it was never started
 * @param reachable whether its node answers; true for a server that has no node yet
 * @param players on it or on the way there, as far as the fleet was told; null: it was not
 * @param idleSince since when nobody plays; null: somebody does, or it is not awake
 * @param startingSince when the start was ordered that is going on; null: none is
 * @param startTimes how long starts like the one that is going on, or the next one, took
 */
public record ServerView(
    ServerDefinition definition,
    ServerState state,
    @Nullable Instance instance,
    boolean reachable,
    @Nullable Integer players,
    @Nullable Instant idleSince,
    @Nullable Instant startingSince,
    StartTimes startTimes
) {
    public String name() {
        return definition.name();
    }

    public Phase phase() {
        return state.phase();
    }

    public Status status() {
        return Status.of(phase(), reachable);
    }

    public @Nullable String node() {
        return instance == null ? definition.node() : instance.node();
    }

    /** Where players can go now; null: nowhere. */
    public @Nullable HostAndPort address() {
        return instance == null || !phase().playable() || !reachable ? null : instance.address();
    }

    /** How long until it can be played on, judged by the past; null: it is not starting, or nobody knows. */
    public @Nullable Duration readyIn(Instant now) {
        return startingSince == null ? null : startTimes.remaining(Duration.between(startingSince, now));
    }
}
