package io.nightporter.orchestrator.model;

import org.jspecify.annotations.Nullable;

/**
 * A port on which an instance listens.
 *
 * @param inside the port as the server itself knows it, 1 … 65535. For a command it is only a name: the program listens
 *     where it was told to, see {@link Workload.Command}
 * @param outside the port of the node; null: any free one, which may be another one after each start
 */
public record Port(int inside, @Nullable Integer outside, Protocol protocol) {
    /** What is spoken there. */
    public enum Protocol {
        TCP,
        UDP,
    }

    public Port {
        if (inside < 1 || inside > 65_535 || (outside != null && (outside < 1 || outside > 65_535))) {
            throw new IllegalArgumentException("not a port: " + inside + " as " + outside);
        }
    }

    /** Reachable at any free port of the node. */
    public static Port tcp(int inside) {
        return new Port(inside, null, Protocol.TCP);
    }
}
