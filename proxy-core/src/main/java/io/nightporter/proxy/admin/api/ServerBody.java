package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.proxy.admin.route.Doc;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A server. */
record ServerBody(
    String name,
    Phase phase,
    @Doc(words = { "stopped", "starting", "running", "stopping", "moving", "failed", "unreachable" }) String status,
    @Doc("Whether its node answers.") boolean reachable,
    @Nullable String node,
    @Doc("Where players are sent now, host:port.") @Nullable String address,
    @Doc("On it or on the way there; null: nobody knows.") @Nullable Integer players,
    @Doc("When the phase began.") Instant since,
    @Doc("Since when nobody plays; null: somebody does, or it is not awake.") @Nullable Instant idleSince,
    @Doc("When it falls asleep if nobody comes.") @Nullable Instant sleepsAt,
    @Doc("How long until it can be played on, judged by its past.") @Nullable Double readyInSeconds,
    @Nullable String pinnedBy,
    @Nullable String stoppedBy,
    @Doc("The id of the operation that is going on.") @Nullable String operation,
    @Doc("The hostnames that lead there.") List<String> hosts,
    @Doc(value = "Where it may be changed.", words = { "yaml", "api", "docker", "command" }) String managedBy,
    @Doc("Whether Nightporter starts and stops it.") boolean managed,
    @Doc("Whether it sleeps while nobody plays.") boolean payPerUse,
    @Doc(words = { "off", "suggest", "auto" }) String costOptimization,
    @Nullable Long memoryBytes,
    @Doc("Players' names or UUIDs.") List<String> owners,
    @Doc("Why the last start failed; empty: it did not.") String failure,
    @Doc("What it had printed when it failed, oldest first.") List<String> lastLines
) {
    static ServerBody of(ServerView view, Instant now, ZoneId zone) {
        ServerDefinition definition = view.definition();
        ServerState state = view.state();
        return new ServerBody(
            view.name(),
            view.phase(),
            view.status().word(),
            view.reachable(),
            view.node(),
            address(view),
            view.players(),
            state.since(),
            view.idleSince(),
            sleepsAt(view, now, zone),
            seconds(view.readyIn(now)),
            state.pinnedBy(),
            state.stoppedBy(),
            state.operation(),
            definition.hosts(),
            word(definition.managedBy()),
            definition.workload().managed(),
            definition.plan().payPerUse(),
            definition.plan().costOptimization().name().toLowerCase(Locale.ROOT),
            definition.resources().memoryBytes(),
            definition.owners(),
            state.failure(),
            state.lastLines()
        );
    }

    static String word(ManagedBy by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }

    private static @Nullable String address(ServerView view) {
        if (view.definition().workload() instanceof Workload.Elsewhere elsewhere) {
            return elsewhere.addresses().isEmpty() ? null : elsewhere.addresses().getFirst().address().toString();
        }
        HostAndPort address = view.address();
        return address == null ? null : address.toString();
    }

    /** As things are: servers that need it may keep it awake for longer. */
    private static @Nullable Instant sleepsAt(ServerView view, Instant now, ZoneId zone) {
        ServerDefinition definition = view.definition();
        Instant idleSince = view.idleSince();
        if (
            view.phase() != Phase.AWAKE ||
            idleSince == null ||
            !definition.workload().managed() ||
            !definition.plan().payPerUse() ||
            view.state().pinnedBy() != null
        ) {
            return null;
        }
        for (AwakeWindow window : definition.sleep().awake()) {
            if (window.contains(now, zone)) {
                return null;
            }
        }
        Instant due = idleSince.plus(definition.sleep().idleAfter());
        Instant earliest = view.state().since().plus(definition.sleep().minimumUptime());
        return due.isAfter(earliest) ? due : earliest;
    }
}
