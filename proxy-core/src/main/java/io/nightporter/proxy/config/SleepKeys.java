package io.nightporter.proxy.config;

import static io.nightporter.proxy.config.Values.BOOLEAN;
import static io.nightporter.proxy.config.Values.duration;
import static io.nightporter.proxy.config.Values.number;
import static io.nightporter.proxy.config.Values.oneOf;
import static io.nightporter.proxy.config.Values.oneOrMore;

import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.CostOptimization;
import io.nightporter.orchestrator.model.Price;
import java.time.Duration;
import java.util.List;

/** The keys that say when a server sleeps and wakes, how it is started and stopped, and who pays for it. */
final class SleepKeys {

    /** How a server sleeps, in one word. */
    enum SleepMode {
        STOP,
        PAUSE,
    }

    static final Key<Boolean> PAY_PER_USE = Key.of(
        "payPerUse",
        BOOLEAN,
        "false",
        "Whether it sleeps while nobody plays and wakes when somebody joins; otherwise it is always awake."
    );
    static final Key<Duration> IDLE_AFTER = Key.of(
        "idleAfter",
        duration("1s", "30d"),
        "5m",
        "How long nobody has to play until it sleeps."
    );
    static final Key<Duration> PAUSE_AFTER = Key.optional(
        "pauseAfter",
        duration("1s", "30d"),
        "How long nobody has to play until it is paused: its memory stays, and it is back in a moment."
    );
    static final Key<Duration> STOP_AFTER = Key.optional(
        "stopAfter",
        duration("1s", "30d"),
        "How long nobody has to play until it is stopped."
    );
    static final Key<SleepMode> SLEEP_MODE = Key.of(
        "mode",
        oneOf(SleepMode.class),
        "stop",
        "Whether it is stopped or paused after `idleAfter`."
    );
    static final Key<Section> SLEEP = Key.optional(
        "sleep",
        Block.of(PAUSE_AFTER, STOP_AFTER).orPlain(SLEEP_MODE),
        "How it sleeps: stopped (if left out) or paused after `idleAfter`, or first the one and then the other."
    );
    static final Key<Duration> MINIMUM_UPTIME = Key.of(
        "minimumUptime",
        duration("0s", "30d"),
        "0s",
        "How long it stays awake after a start, even if nobody comes."
    );
    static final Key<List<AwakeWindow>> AWAKE = Key.optional(
        "awake",
        oneOrMore(FleetValues.AWAKE_WINDOW),
        "When it is awake whether anybody plays or not, by the clock of this machine."
    );
    static final Key<List<String>> WAKE_WHO = Key.of(
        "who",
        oneOrMore(FleetValues.WAKER),
        "everyone",
        "Who may wake it by joining; its owners always may."
    );
    static final Key<List<String>> WAKE_NEEDS = Key.optional(
        "needs",
        oneOrMore(Values.TEXT),
        "The same as `needs` of the server."
    );
    static final Key<Section> WAKE = Key.optional(
        "wake",
        Block.of(WAKE_WHO, WAKE_NEEDS).orPlain(WAKE_WHO),
        "Who may wake it by joining."
    );
    static final Key<List<String>> NEEDS = Key.optional(
        "needs",
        oneOrMore(Values.TEXT),
        "Servers that are woken before it, and are awake as long as it is."
    );
    static final Key<List<String>> OWNERS = Key.optional(
        "owners",
        oneOrMore(FleetValues.PLAYER),
        "Whose server it is, by name or UUID."
    );
    static final Key<CostOptimization> COST_OPTIMIZATION = Key.of(
        "costOptimization",
        oneOf(CostOptimization.class),
        "off",
        "Whether it may move to a cheaper node: its owners are asked, or it is announced and done."
    );
    static final Key<Price> BUDGET = Key.optional(
        "budget",
        FleetValues.price(Price.Per.MONTH, "12 EUR/month"),
        "What it may cost."
    );
    static final Key<Duration> START_TIMEOUT = Key.of(
        "startTimeout",
        duration("5s", "1d"),
        "15m",
        "How long a start may take until it counts as failed."
    );
    static final Key<Integer> START_ATTEMPTS = Key.of(
        "startAttempts",
        number(1, 100),
        "3",
        "How many starts in a row may fail until nobody tries any more."
    );
    static final Key<Duration> STOP_GRACE = Key.of(
        "stopGrace",
        duration("1s", "1h"),
        "1m",
        "How long it may take to stop; then it is killed."
    );

    /** What a server that Nightporter does not start has no use for. */
    static final List<Key<?>> ONLY_MANAGED = List.of(
        PAY_PER_USE,
        IDLE_AFTER,
        SLEEP,
        MINIMUM_UPTIME,
        AWAKE,
        WAKE,
        NEEDS,
        COST_OPTIMIZATION,
        BUDGET,
        START_TIMEOUT,
        START_ATTEMPTS,
        STOP_GRACE
    );

    private SleepKeys() {}
}
