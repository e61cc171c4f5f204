package io.nightporter.proxy;

import io.netty.channel.EventLoopGroup;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.builtin.BuiltInDrivers;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.admin.Readiness;
import io.nightporter.proxy.auth.EncryptionKeys;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.fleet.ContainerLabels;
import io.nightporter.proxy.fleet.FleetLink;
import io.nightporter.proxy.fleet.FleetService;
import io.nightporter.proxy.metrics.FleetMetrics;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.player.Players;
import io.nightporter.proxy.routing.AddressBook;
import io.nightporter.proxy.status.BackendStatuses;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.wire.Transport;
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

    private final EventLoopGroup loops;
    private final ProxyContext context;
    private final Generations generations;
    private final FleetService fleet;
    private final Listeners listeners;
    private final Administration admin;
    private final Readiness readiness;
    private Configuration files;
    private List<ServerDefinition> elsewhere = List.of();
    private boolean stopped;

    private Proxy(
        Transport transport,
        Configuration configuration,
        Administration admin,
        Readiness readiness,
        ProxyMetrics metrics
    ) {
        this.admin = admin;
        this.readiness = readiness;
        this.loops = transport.eventLoops();
        this.files = configuration;
        EncryptionKeys keys = EncryptionKeys.generate();
        FleetLink link = new FleetLink();
        AddressBook addresses = new AddressBook(link);
        Players players = new Players();
        var statuses = new BackendStatuses(configuration.dataDir(), addresses);
        metrics.playersSource(players::count);
        this.generations = new Generations(transport, loops, keys, addresses, statuses, link, metrics);
        this.context = new ProxyContext(metrics, addresses, players, link, keys, generations.of(configuration));
        this.fleet = new FleetService(
            configuration,
            link,
            context.presence(),
            new BuiltInDrivers(configuration.dataDir()),
            new ContainerLabels(() -> context.generation().configuration()),
            this::happened
        );
        this.fleet.whenOpen(open -> {
            var elsewhere = new Elsewhere(open.orchestrator(), this::definedElsewhere);
            elsewhere.begin();
            admin.open(open, context, elsewhere, configuration.dataDir(), configuration.store().postgresql());
            FleetMetrics counted = metrics.fleet(
                open.orchestrator()::servers,
                open.orchestrator()::nodes,
                open.store()::operation
            );
            open.orchestrator().subscribe(counted);
        });
        metrics.dataFolder(configuration.dataDir());
        this.listeners = new Listeners(transport, loops, context);
    }

    /** Who waits for a server looks at it at once when something has happened to it. */
    private void happened(FleetEvent event) {
        String server = event.server();
        if (server != null) {
            context.watches().hint(server);
        }
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
        Administration admin = Administration.start(configuration.admin(), metrics, readiness, version);
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
        proxy.fleet.begin();
        return proxy;
    }

    /** Where players can connect, with the ports that the system chose where 0 was asked for. */
    public List<InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /**
     * Puts another configuration in force for connections that begin from now on; nobody who plays notices. Listeners,
     * admin address, data directory, store and transport stay as they were.
     */
    public synchronized void apply(Configuration configuration) {
        if (!stopped) {
            files = configuration;
            fleet.apply(configuration);
            renew();
        }
    }

    /** Servers were defined, or removed, elsewhere than in the configuration files. */
    private synchronized void definedElsewhere(List<ServerDefinition> definitions) {
        if (!stopped) {
            elsewhere = definitions;
            renew();
        }
    }

    private void renew() {
        Generation before = context.generation();
        context.generation(generations.of(Elsewhere.added(files, elsewhere)));
        generations.retire(before);
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
        Generations.close(context.generation());
        fleet.close();
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
