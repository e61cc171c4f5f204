package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.model.Cause;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the proxy may ask of the fleet. Nothing here blocks, everything may be asked again, and all that goes in and out is
 * data: the fleet may be in another process.
 */
public interface Fleet {
    /** Everything there is to know of a server at this moment. */
    Optional<ServerView> server(String name);

    /** All servers, by name. */
    List<ServerView> servers();

    /**
     * Somebody wants to go to a server. However many want to, it is started once; who asks again is told what is going on.
     * Whether a player may wake it is decided here, by the server's wake rules.
     *
     * @return completes soon, long before the server is ready: that is told to who subscribes
     */
    CompletableFuture<WakeAnswer> wake(String server, Cause cause);

    /**
     * So many players are on a server now, or on their way there. Is said whenever the number changes; what is lost on the
     * way does no harm, because the fleet asks the {@link PlayerGateway} before it does anything.
     */
    void playersChanged(String server, int players);

    /** Tells of everything that happens from now on, in order for each server. */
    Subscription subscribe(FleetListener listener);
}
