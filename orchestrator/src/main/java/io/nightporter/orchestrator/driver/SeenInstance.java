package io.nightporter.orchestrator.driver;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.model.Workload;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance as it is on its node at this moment.
 *
 * @param handle the driver's key for it, as long as it exists; of a container its id
 * @param name what it is called on the node
 * @param labels all that it has
 * @param ports where its ports are reached from Nightporter, by the inside number of TCP ports; empty while it does not run
 * @param startedAt when it last began to run; null if it never did. The same value means that it did not restart
 * @param exitCode how it last ended; null if it runs, or nobody knows
 */
public record SeenInstance(
    String handle,
    String name,
    Map<String, String> labels,
    State state,
    Health health,
    Map<Integer, HostAndPort> ports,
    @Nullable Instant startedAt,
    @Nullable Integer exitCode
) {
    /** Whether it runs. */
    public enum State {
        /** It was made, and has never run. */
        CREATED,
        RUNNING,
        PAUSED,
        /** It ended. */
        ENDED;

        /** Whether it uses the node's memory, and the world that it is for. */
        public boolean alive() {
            return this == RUNNING || this == PAUSED;
        }
    }

    /** What its own health check says. */
    public enum Health {
        /** It has none. */
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY,
    }

    public SeenInstance {
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
    }

    /** Whether it uses the node's memory, and the world that it is for. */
    public boolean alive() {
        return state.alive();
    }

    /** Where a port is reached; null: nowhere. */
    public @Nullable HostAndPort at(int inside) {
        return ports.get(inside);
    }

    /** Where the game is reached: here, or where the server's definition says; null: nowhere. */
    public @Nullable HostAndPort game(Workload workload) {
        HostAndPort told = at(workload.gamePort());
        return told == null && alive() && workload instanceof Workload.Remote(_, HostAndPort address) ? address : told;
    }

    /** The server that it is of, if it is one of ours. */
    public @Nullable String server() {
        return labels.get(Labels.SERVER);
    }
}
