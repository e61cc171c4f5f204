package io.nightporter.proxy.context;

import io.netty.util.concurrent.FastThreadLocal;
import io.nightporter.proxy.auth.Decryptions;
import io.nightporter.proxy.auth.EncryptionKeys;
import io.nightporter.proxy.auth.ProfileKeys;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.Doorman;
import io.nightporter.proxy.fleet.FleetLink;
import io.nightporter.proxy.fleet.Presence;
import io.nightporter.proxy.limits.Entrance;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.metrics.RelayCounters;
import io.nightporter.proxy.player.Players;
import io.nightporter.proxy.routing.AddressBook;
import io.nightporter.proxy.waitingroom.ServerWatches;
import org.jspecify.annotations.Nullable;

/** What lives as long as the process and is shared by all connections, and the generation of what a reload replaces. */
public final class ProxyContext {

    /** Half a second's worth, so that whoever is behind them does not run into the login's deadline. */
    private static final int WAITING_DECRYPTIONS = 512;

    private final ProxyMetrics metrics;
    private final FastThreadLocal<RelayCounters> relayCounters = new FastThreadLocal<>() {
        @Override
        protected RelayCounters initialValue() {
            return metrics.relayCounters();
        }
    };
    private final AddressBook addresses;
    private final Players players;
    private final EncryptionKeys keys;
    private final ProfileKeys profileKeys = ProfileKeys.ofMojang();
    /** One core is left to those who play already. */
    private final Decryptions decryptions = new Decryptions(
        Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
        WAITING_DECRYPTIONS
    );
    private final Entrance entrance;
    private final ServerWatches watches;
    private final FleetLink fleet;
    private final Doorman doorman;
    private final Presence presence;
    private volatile Generation generation;
    private volatile boolean stopping;

    public ProxyContext(
        ProxyMetrics metrics,
        AddressBook addresses,
        Players players,
        FleetLink fleet,
        EncryptionKeys keys,
        Generation first
    ) {
        this.metrics = metrics;
        this.addresses = addresses;
        this.players = players;
        this.keys = keys;
        this.fleet = fleet;
        this.doorman = new Doorman(fleet);
        this.presence = new Presence(players, fleet);
        this.watches = new ServerWatches(this::server, fleet);
        this.entrance = new Entrance(metrics);
        this.generation = first;
    }

    public ProxyMetrics metrics() {
        return metrics;
    }

    /** The counters of the calling event loop. */
    public RelayCounters relayCounters() {
        return relayCounters.get();
    }

    public AddressBook addresses() {
        return addresses;
    }

    public Players players() {
        return players;
    }

    public EncryptionKeys keys() {
        return keys;
    }

    public ProfileKeys profileKeys() {
        return profileKeys;
    }

    public Decryptions decryptions() {
        return decryptions;
    }

    /** Where everybody passes who is not a player yet. */
    public Entrance entrance() {
        return entrance;
    }

    /** Who looks out for servers that players wait for. */
    public ServerWatches watches() {
        return watches;
    }

    /** What is known of managed servers. */
    public FleetLink fleet() {
        return fleet;
    }

    /** Who wakes servers for players. */
    public Doorman doorman() {
        return doorman;
    }

    /** Who knows how many players are where. */
    public Presence presence() {
        return presence;
    }

    /** Whether nobody is taken in any more. */
    public boolean isStopping() {
        return stopping;
    }

    /** From now on nobody is taken in. */
    public void stopping() {
        stopping = true;
    }

    private @Nullable ServerSettings server(String name) {
        return generation.configuration().servers().get(name);
    }

    /** What new connections go by. */
    public Generation generation() {
        return generation;
    }

    /** For connections that begin from now on. */
    public void generation(Generation next) {
        generation = next;
    }
}
