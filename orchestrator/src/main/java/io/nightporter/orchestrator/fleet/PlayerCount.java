package io.nightporter.orchestrator.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the players' side how many play. */
final class PlayerCount {

    private static final Logger log = LoggerFactory.getLogger(PlayerCount.class);

    private static final long LIMIT_SECONDS = 5;

    private PlayerCount() {}

    /** @param told the number; null where nobody answers in time. Called by any thread, once */
    static void of(Surroundings around, String server, Consumer<@Nullable Integer> told) {
        CompletableFuture<Integer> answer = around.players().count(server);
        if (!answer.isDone()) {
            // A copy, because what we were given is not ours to complete.
            answer = answer.copy().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        answer.whenComplete((number, why) -> {
            if (why != null) {
                log.warn("players not counted server={} reason=\"{}\"", server, why.toString());
            }
            told.accept(why == null ? number : null);
        });
    }
}
