package io.nightporter.proxy.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.orchestrator.fleet.Fleet;
import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.fleet.WakeAnswer;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.routing.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way to the fleet. Its records are read while players come in already, so there may be nobody yet at the other end: then
 * nothing is known of managed servers. For all threads; never waits.
 */
public final class FleetLink implements Whereabouts {

    private volatile @Nullable Fleet fleet;

    /** From now on somebody answers. */
    void connect(Fleet other) {
        fleet = other;
    }

    /** From now on nobody does. */
    void disconnect() {
        fleet = null;
    }

    /** What is known of a server; empty: nothing, or it is not one of the fleet's. */
    public Optional<ServerView> view(String server) {
        Fleet now = fleet;
        return now == null ? Optional.empty() : now.server(server);
    }

    /** Whether players can go there now, as far as the fleet knows. Those that it does not manage are always tried. */
    public boolean isThere(ServerSettings server) {
        return !server.managed() || view(server.name()).filter(FleetLink::playable).isPresent();
    }

    /** Whether a server has answered the fleet in the time before now for the first time since its start. */
    public boolean hasJustWoken(String server, Duration within) {
        return view(server)
            .filter(FleetLink::playable)
            .filter(view -> view.state().since().isAfter(Instant.now().minus(within)))
            .isPresent();
    }

    private static boolean playable(ServerView view) {
        return view.phase() == Phase.AWAKE && view.reachable();
    }

    @Override
    public List<ServerAddress> of(ServerSettings server) {
        if (!server.managed()) {
            return server.addresses();
        }
        HostAndPort address = view(server.name()).map(ServerView::address).orElse(null);
        return address == null ? List.of() : List.of(new ServerAddress(address, server.versions()));
    }

    /** Empty: there is nobody yet to ask. */
    Optional<CompletableFuture<WakeAnswer>> wake(String server, Cause cause) {
        Fleet now = fleet;
        return now == null ? Optional.empty() : Optional.of(now.wake(server, cause));
    }

    void playersChanged(String server, int players) {
        Fleet now = fleet;
        if (now != null) {
            now.playersChanged(server, players);
        }
    }
}
