package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an actor is occupied with, in one phase or two. All calls come from the actor's mailbox, so nothing here is shared.
 */
sealed interface Stage permits Resting, Starting, Awake, Paused, Stopping, Leaving {
    /**
     * Does what is next, if anything. Is called after everything that happened, except while there is {@link Work} going on,
     * and may be called at any time in between.
     */
    void advance();

    /** Somebody wants to go there. */
    WakeAnswer wake(Cause cause);

    /** Is called while there is no work going on. */
    OrderAnswer stop(Cause cause);

    /** Is called while there is no work going on. */
    OrderAnswer restart(Cause cause);

    /** Calls off the operation that is going on. Is called while there is no work going on. */
    default OrderAnswer cancel(Cause cause) {
        return new OrderAnswer.Refused("There is nothing going on that could be cancelled.");
    }

    /**
     * This is what the node says of the instance. It may be nothing new.
     *
     * @param knownStart when the instance had begun to run that was known before
     * @param seen null: there is no instance
     */
    void seen(@Nullable Instant knownStart, @Nullable SeenInstance seen);

    /** The number of players is another one. */
    default void playersChanged() {}

    /** Another stage begins. */
    default void leave() {}

    /** Since when nobody plays; null: somebody does, or it is not awake. */
    default @Nullable Instant idleSince() {
        return null;
    }
}
