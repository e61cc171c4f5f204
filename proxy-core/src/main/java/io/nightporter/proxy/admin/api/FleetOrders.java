package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.OrderAnswer;
import java.util.concurrent.CompletableFuture;

/** Orders to the fleet that are about operations and nodes, and what comes of definitions. */
public interface FleetOrders {
    /** Ends an operation before its time. */
    CompletableFuture<OrderAnswer> cancel(String operation, String who);

    /** From now on no server is started on a node, or servers are again. Blocks. */
    OrderAnswer drain(String node, boolean draining, String who);

    /** Returns when players are sent by what is defined by now, or when that takes too long. Blocks. */
    void awaitRoutes();
}
