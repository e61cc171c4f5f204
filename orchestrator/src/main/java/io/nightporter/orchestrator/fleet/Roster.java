package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.ServerState;
import io.nightporter.orchestrator.model.Ulid;
import io.nightporter.orchestrator.store.Change;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a fleet, by name, and how they come to be there: those that are ours have an actor, of those that are
 * somebody else's there is only a view. Safe for all threads.
 */
final class Roster {

    private final FleetParts parts;
    private final Function<Dossier.Records, ServerActor> maker;
    private final Consumer<FleetEvent> told;
    private final Map<String, ServerActor> actors = new ConcurrentSkipListMap<>();
    private final Map<String, ServerView> elsewhere = new ConcurrentSkipListMap<>();
    private final Dependencies dependencies = new Dependencies(this::view);

    /** @param maker of an actor, from what is recorded of its server */
    Roster(FleetParts parts, Function<Dossier.Records, ServerActor> maker, Consumer<FleetEvent> told) {
        this.parts = parts;
        this.maker = maker;
        this.told = told;
    }

    @Nullable
    ServerActor actor(String server) {
        return actors.get(server);
    }

    Collection<ServerActor> actors() {
        return Collections.unmodifiableCollection(actors.values());
    }

    @Nullable
    ServerView view(String server) {
        ServerActor actor = actors.get(server);
        return actor == null ? elsewhere.get(server) : actor.view();
    }

    /** Of one that is somebody else's. */
    @Nullable
    ServerView elsewhere(String server) {
        return elsewhere.get(server);
    }

    List<ServerView> views() {
        var all = new ConcurrentSkipListMap<>(elsewhere);
        actors.forEach((name, actor) -> all.put(name, actor.view()));
        return List.copyOf(all.values());
    }

    Dependencies dependencies() {
        return dependencies;
    }

    /** One of the store. */
    void add(Dossier.Records records) {
        ServerDefinition definition = records.definition();
        dependencies.put(definition);
        if (definition.workload().managed()) {
            actors.put(definition.name(), maker.apply(records));
        } else {
            elsewhere.put(definition.name(), notOurs(records));
        }
    }

    /** Nobody knows how somebody else's server is; players are sent there in any case. */
    private ServerView notOurs(Dossier.Records records) {
        return new ServerView(
            records.definition(),
            records.state().in(Phase.AWAKE, parts.time().now()),
            null,
            true,
            null,
            null,
            null,
            StartTimes.UNKNOWN
        );
    }

    /** See {@link Orchestrator#define(ServerDefinition)}. */
    CompletableFuture<OrderAnswer> define(ServerDefinition server) {
        OrderAnswer objection = objection(server);
        if (objection != null) {
            return CompletableFuture.completedFuture(objection);
        }
        ServerActor actor = actors.get(server.name());
        if (actor != null) {
            dependencies.put(server);
            return actor.redefine(server);
        }
        return CompletableFuture.completedFuture(enrol(server));
    }

    /** What there is to say before; null: nothing. */
    private @Nullable OrderAnswer objection(ServerDefinition server) {
        ServerView known = view(server.name());
        if (known != null && known.definition().managedBy() != server.managedBy()) {
            return notYours(server.name(), known.definition().managedBy());
        }
        if (known != null && known.definition().equals(server)) {
            return new OrderAnswer.Already(server.name() + " is defined like that.");
        }
        if (known != null && known.definition().workload().managed() != server.workload().managed()) {
            return new OrderAnswer.Refused(
                server.name() +
                    " cannot become " +
                    (server.workload().managed() ? "a managed server" : "somebody else's server") +
                    " while it is defined otherwise. Remove it first."
            );
        }
        String circle = dependencies.circle(server);
        return circle == null ? null : new OrderAnswer.Refused(circle);
    }

    /** Is made by one at a time: there is one actor for each server. */
    private synchronized OrderAnswer enrol(ServerDefinition server) {
        if (actors.containsKey(server.name())) {
            return new OrderAnswer.Refused(
                server.name() + " is being defined by somebody else at this moment. Try again."
            );
        }
        FleetEvent event = new FleetEvent(
            Ulid.MAKER.next(parts.time().now()),
            parts.time().now(),
            FleetEvent.Kind.SERVER_DEFINED,
            server.name(),
            server.node(),
            null,
            server.name() + " was defined.",
            Map.of("managedBy", server.managedBy().name())
        );
        ServerState state = ServerState.asleep(server.name(), parts.time().now());
        parts
            .store()
            .write(
                new Change.PutServer(server, parts.time().now()),
                new Change.PutState(state),
                new Change.AddEvent(event)
            );
        add(new Dossier.Records(server, state, null, null));
        told.accept(event);
        ServerActor made = actors.get(server.name());
        if (made != null) {
            made.hint();
        }
        return new OrderAnswer.Already(server.name() + " was defined.");
    }

    /**
     * Takes out one that is somebody else's.
     *
     * @return null: it is ours, so its actor sees to its end; or it is not there at all
     */
    @Nullable
    OrderAnswer remove(String server, ManagedBy by) {
        ServerView known = view(server);
        if (known != null && known.definition().managedBy() != by) {
            return notYours(server, known.definition().managedBy());
        }
        if (known == null || !elsewhere.containsKey(server)) {
            return null;
        }
        parts.store().write(new Change.RemoveServer(server));
        elsewhere.remove(server);
        dependencies.remove(server);
        return new OrderAnswer.Already(server + " was removed.");
    }

    /** An actor's last word. */
    void removed(String server) {
        actors.remove(server);
        dependencies.remove(server);
    }

    static OrderAnswer notYours(String name, ManagedBy owner) {
        return new OrderAnswer.Refused(name + " comes from " + owner.place() + " and can only be changed there.");
    }
}
