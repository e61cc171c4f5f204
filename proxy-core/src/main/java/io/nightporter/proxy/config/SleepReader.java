package io.nightporter.proxy.config;

import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.RunRules;
import io.nightporter.orchestrator.model.SleepRules;
import io.nightporter.orchestrator.model.WakeRules;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads when a server sleeps and wakes, and how it is started and stopped. */
final class SleepReader {

    private static final List<Key<?>> OF_SLEEP = List.of(
        SleepKeys.IDLE_AFTER,
        SleepKeys.SLEEP,
        SleepKeys.MINIMUM_UPTIME,
        SleepKeys.AWAKE
    );

    private SleepReader() {}

    static Plan plan(Section server) {
        boolean payPerUse = server.value(SleepKeys.PAY_PER_USE);
        if (!payPerUse) {
            OF_SLEEP.stream()
                .filter(server::has)
                .forEach(key ->
                    server.warning(key, "has no effect, because the server never sleeps; add payPerUse: true")
                );
        }
        return new Plan(payPerUse, server.value(SleepKeys.COST_OPTIMIZATION), server.optional(SleepKeys.BUDGET));
    }

    static SleepRules sleep(Section server) {
        return when(server)
            .withMinimumUptime(server.value(SleepKeys.MINIMUM_UPTIME))
            .withAwake(ConfigurationReader.orEmpty(server.optional(SleepKeys.AWAKE)));
    }

    private static SleepRules when(Section server) {
        Duration idleAfter = server.value(SleepKeys.IDLE_AFTER);
        Section sleep = server.section(SleepKeys.SLEEP);
        if (sleep.abbreviated() || !server.has(SleepKeys.SLEEP)) {
            return switch (sleep.value(SleepKeys.SLEEP_MODE)) {
                case STOP -> SleepRules.stop(idleAfter);
                case PAUSE -> SleepRules.pause(idleAfter);
            };
        }
        Duration pauseAfter = sleep.optional(SleepKeys.PAUSE_AFTER);
        Duration stopAfter = sleep.optional(SleepKeys.STOP_AFTER);
        if (server.has(SleepKeys.IDLE_AFTER)) {
            server.error(
                SleepKeys.IDLE_AFTER,
                "sleep says when; remove idleAfter, or write sleep: stop or sleep: pause"
            );
        }
        if (sleep.entries().isEmpty()) {
            server.error(
                SleepKeys.SLEEP,
                "has nothing in it; write stop, pause, or { pauseAfter: 5m, stopAfter: 30m }"
            );
        }
        if (pauseAfter != null && stopAfter != null && pauseAfter.compareTo(stopAfter) >= 0) {
            sleep.error(
                SleepKeys.STOP_AFTER,
                "must be longer than pauseAfter, because both count from when the last player left"
            );
            return SleepRules.DEFAULT;
        }
        // Without either something was wrong with it, which has been said.
        return pauseAfter == null && stopAfter == null
            ? SleepRules.DEFAULT
            : new SleepRules(pauseAfter, stopAfter, Duration.ZERO, List.of());
    }

    static WakeRules wake(String name, Section server, List<String> owners) {
        Section wake = server.section(SleepKeys.WAKE);
        return new WakeRules(who(wake, owners), needs(name, server, wake));
    }

    private static WakeRules.Who who(Section wake, List<String> owners) {
        List<String> written = wake.value(SleepKeys.WAKE_WHO);
        List<String> words = written.stream().filter(FleetValues.WAKERS::contains).toList();
        if (!words.isEmpty() && written.size() > 1) {
            wake.error(SleepKeys.WAKE_WHO, words.getFirst() + " stands alone: write it, or players only");
        }
        if (words.isEmpty()) {
            written.forEach(player -> warnOfSlip(wake, player));
            return new WakeRules.Only(written);
        }
        return switch (words.getFirst()) {
            case "whitelist" -> new WakeRules.Whitelist();
            case "owners" -> {
                if (owners.isEmpty()) {
                    wake.error(SleepKeys.WAKE_WHO, "only owners may wake it, and it has none; add owners");
                }
                yield new WakeRules.Owners();
            }
            default -> new WakeRules.Everyone();
        };
    }

    private static void warnOfSlip(Section wake, String player) {
        String near = Spelling.closest(player, FleetValues.WAKERS);
        if (near != null) {
            wake.warning(
                SleepKeys.WAKE_WHO,
                Place.quote(player) + " is taken for the name of a player; did you mean " + near + "?"
            );
        }
    }

    private static List<String> needs(String name, Section server, Section wake) {
        Set<String> needs = new LinkedHashSet<>();
        needs.addAll(ConfigurationReader.orEmpty(server.optional(SleepKeys.NEEDS)));
        needs.addAll(ConfigurationReader.orEmpty(wake.optional(SleepKeys.WAKE_NEEDS)));
        if (needs.remove(name)) {
            errorOfNeeds(server, "it cannot need itself");
        }
        return List.copyOf(needs);
    }

    /** Says it where the needs of the server stand. */
    static void errorOfNeeds(Section server, String message) {
        server.error(server.has(SleepKeys.NEEDS) ? SleepKeys.NEEDS : SleepKeys.WAKE, message);
    }

    static RunRules run(Section server) {
        return new RunRules(
            server.value(SleepKeys.START_TIMEOUT),
            server.value(SleepKeys.START_ATTEMPTS),
            server.value(SleepKeys.STOP_GRACE)
        );
    }
}
