package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import java.util.Optional;
import java.util.function.Consumer;

/** Something to be done at a node. Blocks. */
@FunctionalInterface
interface Deed {
    /** Nothing, so that it is only looked. */
    Deed LOOK = _ -> {};

    void on(Driver driver) throws DriverException;

    /**
     * Does it, and looks what came of it: the actor is told what it {@linkplain Sight#saw saw}.
     *
     * @param done in the actor, before it is told
     * @param failed in the actor, instead
     */
    default void begin(ServerActor actor, NodeLink link, Runnable done, Consumer<DriverException> failed) {
        begin(actor, link, actor.sight().key(), done, failed);
    }

    /** @param key what to look at afterwards */
    default void begin(
        ServerActor actor,
        NodeLink link,
        Sight.Key key,
        Runnable done,
        Consumer<DriverException> failed
    ) {
        actor.work().begin(
            () -> {
                on(link.driver());
                return key.find(link.driver());
            },
            new Work.Outcome<>() {
                @Override
                public void done(Optional<SeenInstance> found) {
                    done.run();
                    actor.sight().saw(link.name(), found.orElse(null));
                }

                @Override
                public void failed(DriverException why) {
                    failed.accept(why);
                }
            }
        );
    }
}
