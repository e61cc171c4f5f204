package io.nightporter.proxy.routing;

import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.proxy.config.ServerSettings;
import java.util.List;

/** Where servers are at this moment. For all threads; never waits. */
@FunctionalInterface
public interface Whereabouts {
    /** Where the configuration says: of servers that somebody else runs. */
    Whereabouts CONFIGURED = ServerSettings::addresses;

    /** Empty while the server is nowhere, because it sleeps. */
    List<ServerAddress> of(ServerSettings server);
}
