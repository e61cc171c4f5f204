package io.nightporter.proxy;

import io.netty.channel.EventLoopGroup;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.proxy.auth.EncryptionKeys;
import io.nightporter.proxy.auth.SessionServer;
import io.nightporter.proxy.backend.Dialer;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.Timeouts;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.fleet.FleetLink;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.routing.AddressBook;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.routing.Router;
import io.nightporter.proxy.status.BackendStatuses;
import io.nightporter.proxy.status.StatusService;
import io.nightporter.proxy.wire.Transport;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Makes generations from configurations; what they share outlives them.
 */
record Generations(
    Transport transport,
    EventLoopGroup loops,
    EncryptionKeys keys,
    AddressBook addresses,
    BackendStatuses statuses,
    FleetLink fleet,
    ProxyMetrics metrics
) {
    private static final Duration MARGIN = Duration.ofSeconds(1);

    Generation of(Configuration configuration) {
        ProtocolVersions versions = ProtocolVersions.builtIn().with(configuration.proxy().protocolTables());
        Router router = new Router(configuration);
        return new Generation(
            configuration,
            versions,
            router,
            new StatusService(configuration, router, new Lobbies(addresses), versions, statuses, fleet, source ->
                metrics.statusRequest(source.label())
            ),
            new SessionServer(configuration.proxy(), keys),
            new Dialer(transport, configuration.proxy().timeouts()),
            configuration.waitingRoom().phrasebook()
        );
    }

    /** Closes one, when connections that began by its rules have had the time to authenticate and dial. */
    void retire(Generation before) {
        Timeouts timeouts = before.configuration().proxy().timeouts();
        Duration grace = timeouts.handshake().plus(timeouts.login()).plus(MARGIN);
        loops.schedule(() -> close(before), grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    static void close(Generation generation) {
        generation.sessionServer().close();
        generation.dialer().close();
    }
}
