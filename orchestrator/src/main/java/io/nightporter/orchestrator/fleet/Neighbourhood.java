package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.store.Store;
import org.jspecify.annotations.Nullable;

/** What the actors of one fleet have around them: each other, and what the fleet is put together from. */
record Neighbourhood(FleetParts parts, Fleet fleet, Nodes nodes, Roster roster) implements Surroundings {
    @Override
    public FleetSettings settings() {
        return parts.settings();
    }

    @Override
    public Timekeeper time() {
        return parts.time();
    }

    @Override
    public Store store() {
        return parts.store();
    }

    @Override
    public Probe probe() {
        return parts.probe();
    }

    @Override
    public PlayerGateway players() {
        return parts.players();
    }

    @Override
    public ServerConsole console() {
        return parts.console();
    }

    @Override
    public @Nullable NodeLink node(String name) {
        return nodes.link(name);
    }

    @Override
    public @Nullable String place(ServerDefinition server) {
        return nodes.place(server);
    }

    @Override
    public @Nullable ServerView view(String server) {
        return fleet.server(server).orElse(null);
    }

    @Override
    public void wake(String server, Cause cause) {
        fleet.wake(server, cause);
    }

    @Override
    public boolean needed(String server) {
        return roster.dependencies().needed(server);
    }

    @Override
    public void changed(ServerView view) {
        for (String name : roster.dependencies().neighbours(view.name())) {
            ServerActor actor = roster.actor(name);
            if (actor != null) {
                actor.poke();
            }
        }
    }

    @Override
    public void removed(String server) {
        roster.removed(server);
    }
}
