package io.nightporter.orchestrator.model;

import org.jspecify.annotations.Nullable;

/**
 * What a server's owner pays for. It may change at any time.
 *
 * @param payPerUse whether the server sleeps while nobody plays; otherwise it is always awake
 * @param budget a sum per month; null: no limit
 */
public record Plan(boolean payPerUse, CostOptimization costOptimization, @Nullable Price budget) {
    /** Always awake on its node. */
    public static final Plan ALWAYS_ON = new Plan(false, CostOptimization.OFF, null);

    /** Sleeps while nobody plays. */
    public static final Plan PAY_PER_USE = new Plan(true, CostOptimization.OFF, null);
}
