package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Workload;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a server's instance by its node's own account, and the way to find out. Part of an actor. */
final class Sight {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /**
     * What to look for.
     *
     * @param handle null: only the name is known
     */
    record Key(@Nullable String handle, String name) {
        /** Blocks. An instance that was made anew by somebody else has another handle and the same name. */
        Optional<SeenInstance> find(Driver driver) throws DriverException {
            Optional<SeenInstance> found = handle == null ? Optional.empty() : driver.find(handle);
            return found.isPresent() ? found : driver.find(name);
        }
    }

    private final ServerActor actor;
    private @Nullable SeenInstance seen;
    private boolean known;
    private boolean due;

    Sight(ServerActor actor) {
        this.actor = actor;
    }

    /** What the node said last; only of use if it is {@link #known}. Null: there is no instance. */
    @Nullable
    SeenInstance seen() {
        return seen;
    }

    /** Whether {@link #seen} has been true since the node can be reached. */
    boolean known() {
        return known;
    }

    /** What was believed may not be so any more. */
    void doubt() {
        known = false;
    }

    /** A closer look is due, as soon as there is no work going on. */
    void wantLook() {
        due = true;
    }

    boolean lookWanted() {
        return due;
    }

    /** Whether the instance belongs to somebody else: it is neither made nor removed. */
    boolean foreign() {
        return switch (actor.definition().workload()) {
            case Workload.Image _, Workload.Command _ -> false;
            case Workload.Container _, Workload.Remote _, Workload.Elsewhere _ -> true;
        };
    }

    /** Where the server has its place, or is to have it; null: anywhere. */
    @Nullable
    String node() {
        Instance instance = actor.dossier().instance();
        return instance == null ? actor.definition().node() : instance.node();
    }

    /** The way there; null while there is none. */
    @Nullable
    NodeLink link() {
        String node = node();
        NodeLink link = node == null ? null : actor.around().node(node);
        return link != null && link.reachable() ? link : null;
    }

    /** What the instance is called on its node. */
    String instanceName() {
        return instanceName(actor.around().settings(), actor.definition());
    }

    static String instanceName(FleetSettings settings, ServerDefinition definition) {
        return switch (definition.workload()) {
            case Workload.Container container -> container.name();
            case Workload.Remote remote -> remote.id();
            case Workload.Image _, Workload.Command _, Workload.Elsewhere _ -> settings.name() +
                "-" +
                definition.name();
        };
    }

    Key key() {
        Instance instance = actor.dossier().instance();
        return new Key(instance == null ? null : instance.handle(), instanceName());
    }

    /** Whether that is the instance of an older definition, which named another one. */
    boolean isOutOfDate(SeenInstance known) {
        String name = instanceName();
        return foreign()
            ? !known.name().equals(name) && !known.handle().startsWith(name)
            : !actor.name().equals(known.server());
    }

    /** Asks the node how it is. */
    void look() {
        look(key());
    }

    /** The same, for what the definition names now, whatever the records know. */
    void lookByName() {
        look(new Key(null, instanceName()));
    }

    private void look(Key key) {
        due = false;
        NodeLink link = link();
        if (link != null) {
            Deed.LOOK.begin(actor, link, key, () -> {}, _ -> actor.rest(TRY_AGAIN));
        }
    }

    /** The node said this. */
    void saw(String node, @Nullable SeenInstance found) {
        Instance before = actor.dossier().instance();
        actor.dossier().saw(node, found);
        seen = found;
        known = true;
        actor.stage().seen(before == null ? null : before.startedAt(), found);
    }

    /** A list of what is on a node was made; where it says something else than is known here, a closer look is due. */
    void listed(String node, @Nullable SeenInstance listed) {
        if (!node.equals(node())) {
            // The records don't know of it: they are new, or older than the instance.
            if (listed != null && actor.dossier().instance() == null) {
                saw(node, listed);
            }
        } else if (foreign() || actor.work().busy() || (known && differs(listed))) {
            due = true;
        } else if (!known) {
            saw(node, listed);
        }
    }

    private boolean differs(@Nullable SeenInstance listed) {
        if (listed == null || seen == null) {
            return (listed == null) != (seen == null);
        }
        return listed.state() != seen.state() || !listed.handle().equals(seen.handle());
    }
}
