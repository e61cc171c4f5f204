package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import org.jspecify.annotations.Nullable;

/** Asks a server how it is, over the game's port. Blocks, for a few seconds at most. */
@FunctionalInterface
public interface Probe {
    /** @param proxyHeader whether the server expects a PROXY protocol header */
    Result ask(HostAndPort address, boolean proxyHeader);

    /** What came of it. */
    sealed interface Result {
        /**
         * It showed its status.
         *
         * @param players how many it says are on it; null: it does not say
         */
        record Ready(@Nullable Integer players) implements Result {}

        /**
         * It did not.
         *
         * @param reached whether somebody listens there
         * @param reason a few words for the log
         */
        record NotYet(boolean reached, String reason) implements Result {}
    }
}
