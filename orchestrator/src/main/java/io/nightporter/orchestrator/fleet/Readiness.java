package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when a running instance is ready: when it has answered a status request. Where nobody listens yet, asking costs
 * nothing and is done often. A server that accepts connections while it boots is asked seldom, because some write an error
 * into their log each time, until its log, its health check or its past starts say that it is about to be ready.
 */
final class Readiness {

    private static final Duration QUICK = Duration.ofMillis(250);
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int LAST_LINES = 5;

    /** What servers print last when they start: vanilla and its relatives, and proxies. */
    private static final Pattern NEARLY = Pattern.compile("Done \\(|For help, type|Listening on ");

    private record Answer(Probe.Result result, boolean near) {}

    private final ServerActor actor;
    private final Runnable ready;
    private boolean asking;
    private boolean over;
    private String lastReason = "";
    private Timekeeper.@Nullable Timer timer;

    /** @param ready called in the mailbox; again if it did not {@link #stop} this, because it could not be recorded */
    Readiness(ServerActor actor, Runnable ready) {
        this.actor = actor;
        this.ready = ready;
    }

    /** Why it is not ready yet, as far as it is known: a few words. */
    String lastReason() {
        return lastReason;
    }

    /** Asks now, unless it is being asked. */
    void ask(NodeLink link, SeenInstance seen) {
        if (asking || over) {
            return;
        }
        HostAndPort address = seen.game(actor.definition().workload());
        if (address == null) {
            lastReason = "its port " + actor.definition().workload().gamePort() + " is not published";
            actor.sight().doubt();
            later(SLOW);
            return;
        }
        asking = true;
        boolean proxyHeader = actor.definition().sendProxyProtocol();
        Probe probe = actor.around().probe();
        actor
            .around()
            .time()
            .run(() -> {
                Answer answer = answer(probe, address, proxyHeader, link.driver(), seen);
                actor.post(() -> told(answer));
            });
    }

    private static Answer answer(
        Probe probe,
        HostAndPort address,
        boolean proxyHeader,
        Driver driver,
        SeenInstance seen
    ) {
        Probe.Result result = probe.ask(address, proxyHeader);
        boolean near = seen.health() == SeenInstance.Health.HEALTHY;
        if (!near && result instanceof Probe.Result.NotYet(boolean reached, _) && reached) {
            try {
                near = driver
                    .logs(seen.handle(), LAST_LINES)
                    .stream()
                    .anyMatch(line -> NEARLY.matcher(line).find());
            } catch (DriverException _) {
                // The log is a help, no more.
            }
        }
        return new Answer(result, near);
    }

    private void told(Answer answer) {
        asking = false;
        if (over) {
            return;
        }
        switch (answer.result) {
            case Probe.Result.Ready _ -> {
                // Where that cannot be recorded, it is asked again after this time.
                later(SLOW);
                ready.run();
            }
            case Probe.Result.NotYet(boolean reached, String reason) -> {
                lastReason = reason;
                later(reached && !answer.near && !due() ? SLOW : QUICK);
            }
        }
    }

    /** Whether it is about the time at which it was ready before. */
    private boolean due() {
        StartTimes before = actor.view().startTimes();
        Duration early = before.percentile(0);
        Duration late = before.percentile(1);
        if (early == null || late == null) {
            return false;
        }
        Duration elapsed = Duration.between(actor.going().createdAt(), actor.now());
        return elapsed.compareTo(early.multipliedBy(4).dividedBy(5)) > 0 && elapsed.compareTo(late.multipliedBy(2)) < 0;
    }

    private void later(Duration delay) {
        if (timer != null) {
            timer.cancel();
        }
        asking = true;
        timer = actor.after(delay, () -> asking = false);
    }

    void stop() {
        over = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
