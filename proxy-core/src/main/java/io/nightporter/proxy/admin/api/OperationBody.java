package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.model.Operation;
import io.nightporter.proxy.admin.route.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A piece of work at a server. */
record OperationBody(
    String id,
    @Doc(words = { "start", "stop", "pause", "restart", "move" }) String kind,
    String server,
    @Doc(words = { "running", "done", "failed", "cancelled" }) String state,
    CauseBody cause,
    @Doc("Those that were begun, in this order.") List<StepBody> steps,
    @Doc("0 to 1, of the whole.") double progress,
    @Doc("How it ended, or what it is waiting for; may be empty.") String message,
    Instant createdAt,
    Instant updatedAt
) {
    /** Why it was begun. */
    record CauseBody(
        @Doc("Such as player, order, schedule, idle.") String kind,
        @Doc("A player's UUID, a token's name, or a server.") @Nullable String who,
        @Doc("The same for people.") @Nullable String name
    ) {}

    /** One step. */
    record StepBody(String name, Instant startedAt, @Nullable Instant endedAt, String detail) {}

    static OperationBody of(Operation one) {
        return new OperationBody(
            one.id(),
            word(one.kind()),
            one.server(),
            word(one.state()),
            new CauseBody(word(one.cause().kind()), one.cause().who(), one.cause().name()),
            one
                .steps()
                .stream()
                .map(step -> new StepBody(step.name(), step.startedAt(), step.endedAt(), step.detail()))
                .toList(),
            one.progress(),
            one.message(),
            one.createdAt(),
            one.updatedAt()
        );
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
