package io.nightporter.proxy.limits;

import io.nightporter.proxy.config.Limits;
import io.nightporter.proxy.metrics.ProxyMetrics;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where everybody has to pass who is not a player yet. Lives as long as the process, so what it has counted survives a
 * reload; the limits of the moment come with every call. Whoever is refused has been counted and logged. For any thread.
 */
public final class Entrance {

    /** How many networks are told apart at a time; it costs 2 MiB. */
    private static final int NETWORKS = 65_536;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final PeerLog log = PeerLog.of(Entrance.class);

    private final ProxyMetrics metrics;
    private final RefusalLog refusals;
    private final Buckets connections;
    private final Buckets logins;
    private final HalfOpen halfOpen = new HalfOpen();

    public Entrance(ProxyMetrics metrics) {
        this(
            metrics,
            System::nanoTime,
            new RefusalLog(
                System::nanoTime,
                CompletableFuture.delayedExecutor(RefusalLog.PAUSE.toSeconds(), TimeUnit.SECONDS),
                (reason, network, refused) ->
                    log.info(
                        "turned away reason={} network={} count={}",
                        reason,
                        network == null ? "other" : network,
                        refused
                    )
            )
        );
    }

    /** @param nanos the time, as {@link System#nanoTime} */
    Entrance(ProxyMetrics metrics, LongSupplier nanos, RefusalLog refusals) {
        this.metrics = metrics;
        this.refusals = refusals;
        this.connections = new Buckets(NETWORKS, nanos);
        this.logins = new Buckets(NETWORKS, nanos);
    }

    /** Whether one more connection may come from there now. */
    public boolean admits(Limits limits, InetAddress address) {
        int perSecond = limits.connectionsPerSecond();
        Network network = counted(limits, address);
        if (perSecond == 0 || network == null) {
            return true;
        }
        if (connections.take(network, Rate.of(perSecond, SECOND, 2 * perSecond)) > 0) {
            refused("connection_rate", network);
            return false;
        }
        return true;
    }

    /**
     * Counts a connection that has been accepted, and may close another one for its sake.
     *
     * @param address null when it is not known yet, or will not count
     * @param close ends this connection when it has to make room; called from any thread
     * @return null when there is no room for it
     */
    public @Nullable Arrival arrives(Limits limits, @Nullable InetAddress address, Runnable close) {
        Network network = address == null ? null : counted(limits, address);
        Arrival arrival = new Arrival(this, network, close);
        HalfOpen.Entry entry = halfOpen.enter(arrival, limits.halfOpen(), limits.halfOpenPerNetwork());
        for (Arrival evicted : entry.evicted()) {
            refused("half_open_evicted", evicted.network);
            evicted.close();
        }
        if (!entry.admitted()) {
            refused("half_open", network);
            return null;
        }
        return arrival;
    }

    long logsIn(Arrival arrival, Limits limits) {
        int perMinute = limits.loginsPerMinute();
        Network network = arrival.network;
        long shortage =
            perMinute == 0 || network == null ? 0 : logins.take(network, Rate.of(perMinute, MINUTE, perMinute));
        if (shortage == 0) {
            halfOpen.logsIn(arrival);
        } else {
            refused("login_rate", network);
        }
        return (shortage + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
    }

    boolean announced(Arrival arrival, Limits limits, InetAddress address) {
        if (!admits(limits, address)) {
            return false;
        }
        Network network = counted(limits, address);
        if (network != null && !halfOpen.comesFrom(arrival, network, limits.halfOpenPerNetwork())) {
            refused("half_open", network);
            return false;
        }
        return true;
    }

    HalfOpen halfOpen() {
        return halfOpen;
    }

    /** Null when the limits per network leave the address alone. */
    private static @Nullable Network counted(Limits limits, InetAddress address) {
        return limits.exempts(Network.plain(address)) ? null : Network.of(address);
    }

    private void refused(String reason, @Nullable Network network) {
        metrics.rejected(reason);
        refusals.refused(reason, network);
    }
}
