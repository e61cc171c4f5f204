package io.nightporter.proxy;

import io.netty.channel.EventLoopGroup;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.proxy.admin.AdminServer;
import io.nightporter.proxy.admin.Readiness;
import io.nightporter.proxy.auth.EncryptionKeys;
import io.nightporter.proxy.auth.SessionServer;
import io.nightporter.proxy.backend.Dialer;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.Timeouts;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.player.Players;
import io.nightporter.proxy.routing.AddressBook;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.routing.Router;
import io.nightporter.proxy.status.BackendStatuses;
import io.nightporter.proxy.status.StatusService;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running proxy. */
public final class Proxy {

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Transport transport;
    private final EventLoopGroup loops;
    private final ProxyContext context;
    private final BackendStatuses statuses;
    private final Listeners listeners;
    private final AdminServer admin;
    private final Readiness readiness;
    private boolean stopped;

    private Proxy(
        Transport transport,
        Configuration configuration,
        AdminServer admin,
        Readiness readiness,
        ProxyMetrics metrics
    ) {
        this.transport = transport;
        this.admin = admin;
        this.readiness = readiness;
        this.loops = transport.eventLoops();
        EncryptionKeys keys = EncryptionKeys.generate();
        AddressBook addresses = new AddressBook();
        Players players = new Players();
        this.statuses = new BackendStatuses(configuration.dataDir(), addresses);
        metrics.playersSource(players::count);
        this.context = new ProxyContext(
            metrics,
            addresses,
            players,
            keys,
            generation(configuration, transport, keys, addresses, statuses, metrics)
        );
        this.listeners = new Listeners(transport, loops, context);
    }

    /**
     * Starts a proxy; when this returns, players can connect.
     *
     * @param version of the program, for the metrics
     * @throws ProxyStartException when an address is taken or does not exist, or the transport does not work here;
     *     nothing is left running then
     */
    public static Proxy start(Configuration configuration, String version) throws ProxyStartException {
        Transport transport;
        try {
            transport = Transport.of(configuration.proxy().transport());
        } catch (Transport.UnsupportedTransportException e) {
            throw new ProxyStartException(String.valueOf(e.getMessage()));
        }
        ProxyMetrics metrics = new ProxyMetrics(version);
        Readiness readiness = new Readiness();
        AdminServer admin = startAdmin(configuration.admin(), metrics, readiness);
        var proxy = new Proxy(transport, configuration, admin, readiness, metrics);
        try {
            for (HostAndPort address : configuration.proxy().listen()) {
                proxy.listeners.open(address);
            }
        } catch (ProxyStartException e) {
            proxy.stop();
            throw e;
        }
        readiness.listening();
        return proxy;
    }

    private static AdminServer startAdmin(HostAndPort address, ProxyMetrics metrics, Readiness readiness)
        throws ProxyStartException {
        try {
            var admin = new AdminServer(address, metrics::scrape, readiness);
            admin.start();
            return admin;
        } catch (IOException e) {
            throw new ProxyStartException(String.valueOf(e.getMessage()));
        }
    }

    private static Generation generation(
        Configuration configuration,
        Transport transport,
        EncryptionKeys keys,
        AddressBook addresses,
        BackendStatuses statuses,
        ProxyMetrics metrics
    ) {
        ProtocolVersions versions = ProtocolVersions.builtIn().with(configuration.proxy().protocolTables());
        Router router = new Router(configuration);
        return new Generation(
            configuration,
            versions,
            router,
            new StatusService(configuration, router, new Lobbies(addresses), versions, statuses, source ->
                metrics.statusRequest(source.label())
            ),
            new SessionServer(configuration.proxy(), keys),
            new Dialer(transport, configuration.proxy().timeouts()),
            configuration.waitingRoom().phrasebook()
        );
    }

    /** Where players can connect, with the ports that the system chose where 0 was asked for. */
    public List<InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /**
     * Puts another configuration in force for connections that begin from now on; nobody who plays notices. Listeners,
     * admin address, data directory and transport stay as they were.
     */
    public synchronized void apply(Configuration configuration) {
        if (stopped) {
            return;
        }
        Generation before = context.generation();
        context.generation(
            generation(configuration, transport, context.keys(), context.addresses(), statuses, context.metrics())
        );
        // Connections that began before the reload may still authenticate and dial by the old rules.
        Timeouts timeouts = before.configuration().proxy().timeouts();
        Duration grace = timeouts.handshake().plus(timeouts.login()).plus(MARGIN);
        loops.schedule(
            () -> {
                before.sessionServer().close();
                before.dialer().close();
            },
            grace.toMillis(),
            TimeUnit.MILLISECONDS
        );
    }

    /** Takes nobody in any more, tells everybody goodbye, waits until they have heard it, and ends. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        readiness.stopping();
        context.stopping();
        listeners.close();
        int players = context.players().all().size();
        log.info("stopping players={}", players);
        Text goodbye = context.generation().phrases().text(Messages.proxyStopping(), null);
        for (Player player : context.players().all()) {
            player.disconnect(goodbye);
        }
        awaitGoodbyes(context.generation().configuration().proxy().timeouts().shutdown());
        Generation last = context.generation();
        last.sessionServer().close();
        last.dialer().close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        admin.close();
        context.metrics().close();
        log.info("stopped");
    }

    private void awaitGoodbyes(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!context.players().all().isEmpty() && System.nanoTime() - deadline < 0) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
