package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configuration that was read, found right in itself and is ready to be used; it never changes, a reload makes a
 * new one.
 *
 * @param file where it came from
 * @param kicks what goodbyes mean, where a server says nothing of its own
 * @param admin the admin address (metrics, health)
 * @param store where the fleet is recorded
 * @param dataDir where what must survive a restart is kept
 * @param fleet nodes, and the same servers as the fleet wants to know them
 * @param servers by name, in the order of the files
 * @param networks by name, in the order of the files; none has the name of a server
 * @param defaultRoute the server or network for hostnames that nobody claims; null: {@link ProxySettings#unknownHost()} answers
 */
public record Configuration(
    Path file,
    ProxySettings proxy,
    WaitingRoomSettings waitingRoom,
    KickRules kicks,
    HostAndPort admin,
    StoreSettings store,
    Path dataDir,
    FleetDefinitions fleet,
    Map<String, ServerSettings> servers,
    Map<String, NetworkSettings> networks,
    @Nullable String defaultRoute
) {
    private static final Logger log = LoggerFactory.getLogger(Configuration.class);

    /** The same with more servers. What they claim and others have already they do not get, which is logged. */
    public Configuration with(Collection<ServerSettings> more) {
        return with(more, conflict -> log.warn("server left out or cut short problem=\"{}\"", conflict));
    }

    /**
     * The same with more servers. A name or a hostname that the configuration or one of the servers before has already
     * stays there.
     *
     * @param conflicts gets a sentence for each of these
     */
    public Configuration with(Collection<ServerSettings> more, Consumer<String> conflicts) {
        if (more.isEmpty()) {
            return this;
        }
        return new Configuration(
            file,
            proxy,
            waitingRoom,
            kicks,
            admin,
            store,
            dataDir,
            fleet,
            MoreServers.add(this, more, conflicts),
            networks,
            defaultRoute
        );
    }
}
