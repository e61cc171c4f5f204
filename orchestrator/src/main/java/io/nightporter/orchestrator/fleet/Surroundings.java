package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.store.Store;
import org.jspecify.annotations.Nullable;

/** What an actor has around it. Safe for all threads. */
interface Surroundings {
    FleetSettings settings();

    Timekeeper time();

    Store store();

    Probe probe();

    PlayerGateway players();

    ServerConsole console();

    /** Null: there is none of that name. */
    @Nullable
    NodeLink node(String name);

    /**
     * Where a server goes that has not been anywhere yet.
     *
     * @return a node's name; null: no node will do
     */
    @Nullable
    String place(ServerDefinition server);

    /** Another server; null: there is none of that name. */
    @Nullable
    ServerView view(String server);

    /** Wakes another server. */
    void wake(String server, Cause cause);

    /** Whether a server that is awake, or about to be, needs this one. */
    boolean needed(String server);

    /** This server's view has changed: those that need it, or that it needs, may want to know. */
    void changed(ServerView view);

    /** This server is no more. */
    void removed(String server);
}
