package io.nightporter.orchestrator.driver;

import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself.
 *
 * @param software such as {@code Docker Engine 20.10.24}
 * @param memoryBytes null: it does not say
 * @param cores null: it does not say
 */
public record NodeFacts(String software, @Nullable Long memoryBytes, @Nullable Integer cores) {}
