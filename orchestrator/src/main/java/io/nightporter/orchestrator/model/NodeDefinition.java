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
 * @param drainedBy who ordered that, whatever the place says that the definition is from; null: nobody did
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
    boolean draining,
    @Nullable String drainedBy
) {
    public NodeDefinition {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** As it is written, without an order. */
    public NodeDefinition(
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
        this(name, managedBy, driver, endpoint, settings, address, resources, price, draining, null);
    }

    /** With nothing but a name and a driver. */
    public NodeDefinition(String name, String driver) {
        this(name, ManagedBy.API, driver, null, Map.of(), null, Resources.UNLIMITED, null, false);
    }

    /** The same, after it was ordered that no more servers are started there, or that they are again. */
    public NodeDefinition withDraining(boolean value, String who) {
        return new NodeDefinition(
            name,
            managedBy,
            driver,
            endpoint,
            settings,
            address,
            resources,
            price,
            value,
            value ? who : null
        );
    }
}
