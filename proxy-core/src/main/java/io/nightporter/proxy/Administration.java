package io.nightporter.proxy;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.fleet.Orchestrator;
import io.nightporter.orchestrator.fleet.OrderAnswer;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.proxy.admin.AdminServer;
import io.nightporter.proxy.admin.Readiness;
import io.nightporter.proxy.admin.api.AdminApi;
import io.nightporter.proxy.admin.api.ApiParts;
import io.nightporter.proxy.admin.api.DefinitionReader;
import io.nightporter.proxy.admin.api.FleetOrders;
import io.nightporter.proxy.admin.api.ProxyPlayers;
import io.nightporter.proxy.config.ConfigurationException;
import io.nightporter.proxy.config.Definitions;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.fleet.FleetService;
import io.nightporter.proxy.metrics.ProxyMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin address. On the loopback interface it answers from the start, and has an API as soon as the fleet is open; elsewhere it
 * is opened then, because only the fleet's records say who may ask.
 */
final class Administration implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Administration.class);

    /** How long an answer waits for it that players are sent as it says. */
    private static final Duration IN_FORCE = Duration.ofSeconds(5);

    private final HostAndPort address;
    private final ProxyMetrics metrics;
    private final Readiness readiness;
    private final String version;
    private final Instant startedAt = Instant.now();
    private @Nullable AdminServer server;
    private boolean closed;

    private Administration(HostAndPort address, ProxyMetrics metrics, Readiness readiness, String version) {
        this.address = address;
        this.metrics = metrics;
        this.readiness = readiness;
        this.version = version;
    }

    /** @throws ProxyStartException when the address cannot be listened on */
    static Administration start(HostAndPort address, ProxyMetrics metrics, Readiness readiness, String version)
        throws ProxyStartException {
        var administration = new Administration(address, metrics, readiness, version);
        try {
            if (isOfThisMachineAlone(address)) {
                var server = new AdminServer(address, metrics::scrape, readiness);
                server.start();
                administration.server = server;
            }
            return administration;
        } catch (IOException e) {
            throw new ProxyStartException(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOfThisMachineAlone(HostAndPort address) throws IOException {
        try {
            return InetAddress.getByName(address.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IOException("admin.listen: there is no address for '" + address.host() + "'", e);
        }
    }

    /** From now on there is an API. */
    synchronized void open(
        FleetService.Open fleet,
        ProxyContext context,
        Elsewhere elsewhere,
        Path dataDir,
        boolean postgresql
    ) {
        if (closed) {
            return;
        }
        var api = new AdminApi(parts(fleet, context, elsewhere, postgresql), metrics::apiRequest);
        try {
            api.ensureLocalToken(dataDir);
        } catch (IOException e) {
            log.error("no token for this machine reason=\"{}\"", e.getMessage());
        }
        AdminServer present = server;
        if (present != null) {
            present.serve(api);
            return;
        }
        try {
            var opened = new AdminServer(address, metrics::scrape, readiness, api);
            opened.start();
            server = opened;
        } catch (IOException e) {
            api.close();
            log.error("admin address not open reason=\"{}\"", e.getMessage());
        }
    }

    private ApiParts parts(FleetService.Open fleet, ProxyContext context, Elsewhere elsewhere, boolean postgresql) {
        return new ApiParts(
            version,
            startedAt,
            postgresql ? "postgresql" : "sqlite",
            fleet.store(),
            fleet.access(),
            fleet.orchestrator(),
            new Orders(fleet.orchestrator(), elsewhere),
            new Reader(context),
            new ProxyPlayers(context.players(), server -> context.generation().configuration().servers().get(server)),
            fleet.time()
        );
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            server.close();
        }
    }

    private record Orders(Orchestrator fleet, Elsewhere elsewhere) implements FleetOrders {
        @Override
        public CompletableFuture<OrderAnswer> cancel(String operation, String who) {
            return fleet.cancel(operation, who);
        }

        @Override
        public OrderAnswer drain(String node, boolean draining, String who) {
            return fleet.drain(node, draining, who);
        }

        @Override
        public void awaitRoutes() {
            elsewhere.awaitInForce(IN_FORCE);
        }
    }

    /** By the configuration that is in force when it is asked. */
    private record Reader(ProxyContext context) implements DefinitionReader {
        @Override
        public ServerDefinition server(String name, String text, ManagedBy by) throws ConfigurationException {
            return definitions().server(name, text, by);
        }

        @Override
        public NodeDefinition node(String name, String text, ManagedBy by) throws ConfigurationException {
            return definitions().node(name, text, by);
        }

        @Override
        public Batch batch(String text, ManagedBy by) throws ConfigurationException {
            Definitions.Batch batch = definitions().batch(text, by);
            return new Batch(batch.nodes(), batch.servers());
        }

        private Definitions definitions() {
            return new Definitions(context.generation().configuration());
        }
    }
}
