package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Nothing runs any more: its instance is removed if it is ours, and the server forgotten. There is no way back. */
final class Leaving implements Stage {

    private final ServerActor actor;
    private final Cause cause;
    private boolean tried;

    Leaving(ServerActor actor, Cause cause) {
        this.actor = actor;
        this.cause = cause;
    }

    @Override
    public void advance() {
        NodeLink link = actor.sight().link();
        SeenInstance seen = actor.sight().seen();
        if (tried || !Removal.made(actor) || link == null || seen == null) {
            actor.forget(Removal.message(actor), cause);
            return;
        }
        // A container without a server does no harm; the next listing tells of it.
        tried = true;
        actor.work().begin(
            () -> {
                link.driver().remove(seen.handle());
                return true;
            },
            new Work.Outcome<Boolean>() {
                @Override
                public void done(Boolean result) {
                    // It is forgotten when this stage goes on.
                }

                @Override
                public void failed(DriverException why) {
                    // The same.
                }
            }
        );
    }

    @Override
    public WakeAnswer wake(Cause by) {
        return new WakeAnswer.Refused(actor.name() + " is being removed.", actor.view());
    }

    @Override
    public OrderAnswer stop(Cause by) {
        return new OrderAnswer.Already(actor.name() + " does not run.");
    }

    @Override
    public OrderAnswer restart(Cause by) {
        return Removal.goesOn(actor.name());
    }

    @Override
    public void seen(@Nullable Instant knownStart, @Nullable SeenInstance seen) {
        // It goes, whatever is there.
    }
}
