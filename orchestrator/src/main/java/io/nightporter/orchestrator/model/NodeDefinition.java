package io.nightporter.orchestrator.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine for servers: an entry of {@code fleet.nodes}.
 *
 * @param driver {@code docker}, {@code process} or {@code remote}
 * @param endpoint where the driver finds it, in the driver's own form such as {@code unix:///var/run/docker.sock}; null:
 *     the driver's default
 * @param settings what else the driver wants to know, such as the files of certificates and tokens
 * @param address the host under which the node's published ports are reached; null: the endpoint's host if it has one,
 *     otherwise this machine
 * @param resources what servers may use of it together
 * @param price per hour; null: it costs nothing
 * @param draining whether no more servers are to be started there
 */
public record NodeDefinition(
    String name,
    ManagedBy managedBy,
    String driver,
    @Nullable String endpoint,
    Map<String, String> settings,
    @Nullable String address,
    Resources resources,
    @Nullable Price price,
    boolean draining
) {
    public NodeDefinition {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** With nothing but a name and a driver. */
    public NodeDefinition(String name, String driver) {
        this(name, ManagedBy.API, driver, null, Map.of(), null, Resources.UNLIMITED, null, false);
    }

    /** The same, where servers are started or not. */
    public NodeDefinition withDraining(boolean value) {
        return new NodeDefinition(name, managedBy, driver, endpoint, settings, address, resources, price, value);
    }
}
